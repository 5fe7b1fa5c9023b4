package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import java.util.List;

/** The network as its rogues see it: who there is to trouble, and places of their own. */
public interface MaliciousPeers {

    /** Where the nodes of {@code host} listen, up or down. */
    List<NodeAddress> addressesOn(Host host);

    /** A host that nodes do not use, in the region of {@code near}. */
    Host newHost(String name, Host near);

    /**
     * A peer on {@code host}, with an identity of its own and an endpoint of the network's kind.
     *
     * @param deaf whether it never reads, see {@link NodeSpec#deaf}
     */
    MaliciousPeer newPeer(String name, Host host, boolean deaf);

    /** One of them has done something; it is counted. */
    void done(MaliciousAct act);
}
