package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import java.util.List;

/** The network as malicious peers see it: nodes to attack, and hosts and endpoints of their own. */
public interface MaliciousPeers {

    /** Where the nodes of {@code host} listen, up or down. */
    List<NodeAddress> addressesOn(Host host);

    /** A host that nodes do not use, in the region of {@code near}. */
    Host newHost(String name, Host near);

    /**
     * A peer on {@code host}, with an identity of its own and an endpoint of the network's kind.
     *
     * @param reads whether it reads what it is sent, see {@link NodeSpec#reads}
     */
    MaliciousPeer newPeer(String name, Host host, boolean reads);

    /** Counts one act of a peer. */
    void done(MaliciousAct act);
}
