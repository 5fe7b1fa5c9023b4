package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.run.plan.PlannedHost;
import java.util.List;

/** The network as malicious peers see it: nodes to attack, and hosts and endpoints of their own. */
public interface MaliciousPeers {

    /** Where the nodes of the host with this number listen, up or down. */
    List<NodeAddress> addressesOn(int host);

    /** Adds a host that nodes do not use. */
    Host newHost(PlannedHost host);

    /**
     * A peer on {@code host}, with an identity of its own and an endpoint of the network's kind.
     *
     * @param reads whether it reads what it is sent, see {@link NodeSpec#reads}
     */
    MaliciousPeer newPeer(String name, Host host, boolean reads);

    /** Counts one act of a peer. */
    void done(MaliciousAct act);
}
