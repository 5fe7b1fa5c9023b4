package dev.kilonode.simulator.wall;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.link.memory.MemoryNetwork;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.settings.LinkKind;
import dev.kilonode.simulator.settings.NetworkConfig;
import dev.kilonode.simulator.settings.WallConfig;
import java.time.Duration;

/** Makes what a scenario asks to carry its frames. */
final class Links {

    private Links() {}

    /**
     * @param sockets of the loop whose nodes it serves
     * @param memory who can be reached in memory
     * @throws LinkException if this machine cannot carry it
     */
    static Link of(
            WallConfig config, NetworkConfig network, long maxFrameBytes, SocketLoops sockets, MemoryNetwork memory) {
        LinkConfig bounds = new LinkConfig(
                network.dialTimeout(),
                network.keepsDeadConnections() ? Duration.ZERO : network.idleTimeout(),
                config.keepAlive(),
                LinkConfig.DEFAULT.sendTimeout(),
                new Bytes(maxFrameBytes),
                LinkConfig.DEFAULT.sendQueue(),
                LinkConfig.DEFAULT.receiveQueue());
        return switch (config.link()) {
            case MEMORY -> new MemoryLink(memory, bounds);
            case TCP, TLS -> new TcpLink(sockets, config.link() == LinkKind.TLS, bounds);
            case QUIC -> new QuicLink(sockets, bounds);
        };
    }

    /** The bounds of one endpoint. One that does not read has a receive queue of one byte: its first frame fills the queue, so reading pauses. */
    static LinkConfig boundsOf(NodeSpec spec, LinkConfig all) {
        if (spec.reads()) return all;
        return new LinkConfig(
                all.dialTimeout(),
                all.idleTimeout(),
                all.keepAlive(),
                all.sendTimeout(),
                all.maxFrame(),
                all.sendQueue(),
                new Bytes(1));
    }
}
