package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.quic.QuicEndpoint;
import dev.kilonode.node.link.quic.QuicUnavailableException;
import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.world.Occupant;
import java.io.IOException;
import java.util.concurrent.Executor;

/** Frames pass through QUIC on loopback addresses: one UDP socket a node. */
final class QuicLink implements Link {

    private final SocketLoops loops;
    private final LinkConfig config;

    QuicLink(SocketLoops loops, LinkConfig config) {
        try {
            QuicUnavailableException.check();
        } catch (QuicUnavailableException e) {
            throw new LinkException(String.valueOf(e.getMessage()), e);
        }
        this.loops = loops;
        this.config = config;
    }

    @Override
    public AbstractEndpoint open(NodeAddress address, Occupant occupant, Executor nodeThread, NodeRuntime runtime) {
        NodeIdentity keys = occupant.keys();
        if (keys == null) throw new IllegalStateException("QUIC needs keys, " + occupant.name() + " has none");
        try {
            return QuicEndpoint.open(loops, address, keys, nodeThread, runtime, Links.boundsOf(occupant, config));
        } catch (QuicUnavailableException | IOException e) {
            throw new LinkException(String.valueOf(e.getMessage()), e);
        }
    }
}
