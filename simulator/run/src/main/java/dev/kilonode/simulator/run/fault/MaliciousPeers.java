package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.run.plan.PlannedHost;
import java.util.List;

/** The network as malicious peers see it: nodes to attack, and hosts and endpoints of their own. */
public interface MaliciousPeers {

    /** The listen addresses of the nodes on the host with this number, running or not. */
    List<NodeAddress> addressesOn(int host);

    /** Adds a host without nodes. */
    Host newHost(PlannedHost host);

    /**
     * Creates a peer on {@code host} with its own identity and an endpoint of the network's link.
     *
     * @param reads whether it reads its messages, see {@link NodeSpec#reads}
     */
    MaliciousPeer newPeer(String name, Host host, boolean reads);

    /** Counts one act of a peer. */
    void done(MaliciousAct act);
}
