package dev.kilonode.node.link.quic;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.BaseConnection;
import dev.kilonode.node.link.base.FrameChannel;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.base.LinkStatistics;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.concurrent.Executor;

/**
 * A node's endpoint on QUIC. It dials and listens on one UDP socket. Both ends of a connection prove their identity. Each frame has a
 * stream of its own. The remote endpoint acknowledges a frame when it has read all of it and put it into its node's queue.
 */
public final class QuicEndpoint extends AbstractEndpoint {

    private final QuicSocket socket;

    private QuicEndpoint(
            SocketLoops loops,
            NodeAddress address,
            NodeIdentity identity,
            Executor nodeThread,
            NodeRuntime runtime,
            LinkConfig config) {
        super(address, nodeThread, runtime, config);
        socket = new QuicSocket(this, loops, new QuicCodecs(identity, config), config);
    }

    /**
     * Opens an endpoint and waits until it listens. Not on an event loop.
     *
     * @param loops shared by any number of endpoints; an endpoint uses one of them
     * @param nodeThread as for {@link AbstractEndpoint}
     * @param runtime as for {@link AbstractEndpoint}
     * @throws LinkException if there is no native library for this platform, or the endpoint cannot listen at {@code address}; the
     *     message says why and what to do
     */
    public static QuicEndpoint open(
            SocketLoops loops,
            NodeAddress address,
            NodeIdentity identity,
            Executor nodeThread,
            NodeRuntime runtime,
            LinkConfig config) {
        QuicLibrary.check();
        QuicEndpoint endpoint = new QuicEndpoint(loops, address, identity, nodeThread, runtime, config);
        endpoint.socket.bind(address);
        return endpoint;
    }

    /** Counters of QUIC, in addition to {@link #counters}. Any thread. */
    public QuicCounters quicCounters() {
        return socket.counters();
    }

    @Override
    public LinkStatistics statistics() {
        LinkStatistics frames = super.statistics();
        QuicCounters quic = socket.counters();
        return new LinkStatistics(
                quic.garbageDatagrams(),
                frames.handshakesFailed() + quic.handshakesFailed(),
                quic.handshakesRefused(),
                quic.protocolErrors(), // includes those of the frame counters
                quic.framesCutShort(),
                frames.queueFull(),
                frames.neverLeft(),
                frames.unacknowledged());
    }

    QuicSocket socket() {
        return socket;
    }

    @Override
    protected void open(PendingDial dial) {
        socket.dial(dial);
    }

    @Override
    protected void stopListening() {
        socket.stop(isSilent());
    }

    @Override
    protected void register(FrameChannel frameChannel, Runnable then) {
        ((QuicFrameChannel) frameChannel).register(then);
    }

    BaseConnection accept(QuicFrameChannel frameChannel, NodeAddress remote, long stamp, PeerId peer) {
        return accepted(frameChannel, remote, stamp, peer);
    }
}
