package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.tcp.TcpEndpoint;
import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.world.Occupant;
import java.util.concurrent.Executor;

/** Frames pass through TCP sockets on loopback addresses, with TLS or without. */
final class TcpLink implements Link {

    private final SocketLoops loops;
    private final boolean tls;
    private final LinkConfig config;

    TcpLink(SocketLoops loops, boolean tls, LinkConfig config) {
        this.loops = loops;
        this.tls = tls;
        this.config = config;
    }

    @Override
    public AbstractEndpoint open(NodeAddress address, Occupant occupant, Executor nodeThread, NodeRuntime runtime) {
        NodeIdentity shown = tls ? occupant.keys() : null;
        try {
            return new TcpEndpoint(loops, address, shown, nodeThread, runtime, Links.boundsOf(occupant, config));
        } catch (IllegalStateException e) {
            throw new LinkException(String.valueOf(e.getMessage()), e);
        }
    }
}
