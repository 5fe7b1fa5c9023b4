package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import java.util.concurrent.Executor;

/** What carries the frames of all nodes of one loop. */
interface Link {

    /**
     * Listens at {@code address}. Any thread but its own.
     *
     * @param spec whom its certificate names
     * @throws LinkException if that is not possible; the message says why and what to do
     */
    RealEndpoint open(NodeAddress address, NodeSpec spec, Executor nodeThread, NodeRuntime runtime);
}
