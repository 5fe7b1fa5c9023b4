package dev.kilonode.simulator.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.world.Machine;
import dev.kilonode.simulator.world.Occupant;
import java.util.List;

/** The network as its rogues see it: who there is to trouble, and places of their own. */
public interface Rogues {

    /** Where the nodes of {@code host} listen, up or down. */
    List<NodeAddress> addressesOn(Machine host);

    /** A host that nodes do not use, in the region of {@code near}. */
    Machine newHost(String name, Machine near);

    /**
     * A peer on {@code host}, with an identity of its own and an endpoint of the network's kind.
     *
     * @param deaf whether it never reads, see {@link Occupant#deaf}
     */
    Rogue newPeer(String name, Machine host, boolean deaf);

    /** One of them has done something; it is counted. */
    void done(RogueAct act);
}
