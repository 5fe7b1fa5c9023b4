package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.memory.MemoryNetwork;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.simulator.world.NetworkConfig;
import dev.kilonode.simulator.world.Occupant;
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

    /** The bounds of one endpoint: the deaf one's reading pauses with its first frame, and no queue so short is ever half empty. */
    static LinkConfig boundsOf(Occupant occupant, LinkConfig all) {
        if (!occupant.deaf()) return all;
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
