package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.memory.MemoryEndpoint;
import dev.kilonode.node.link.memory.MemoryNetwork;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.world.Occupant;
import java.util.concurrent.Executor;

/** Frames pass inside the process, from one node's loop to the other's. */
final class MemoryLink implements Link {

    private final MemoryNetwork network;
    private final LinkConfig config;

    MemoryLink(MemoryNetwork network, LinkConfig config) {
        this.network = network;
        this.config = config;
    }

    @Override
    public AbstractEndpoint open(NodeAddress address, Occupant occupant, Executor nodeThread, NodeRuntime runtime) {
        return new MemoryEndpoint(
                network, address, occupant.self(), nodeThread, runtime, Links.boundsOf(occupant, config));
    }
}
