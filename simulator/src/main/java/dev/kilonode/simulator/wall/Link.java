package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.world.Occupant;
import java.util.concurrent.Executor;

/** What carries the frames of all nodes of one loop. */
interface Link {

    /**
     * Listens at {@code address}. Any thread but its own.
     *
     * @param occupant whom its certificate names
     * @throws LinkException if that is not possible; the message says why and what to do
     */
    AbstractEndpoint open(NodeAddress address, Occupant occupant, Executor nodeThread, NodeRuntime runtime);
}
