package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.real.Line;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.link.real.RealConnection;
import dev.kilonode.node.link.real.RealDial;
import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * A node's endpoint on QUIC: one UDP socket, from which it dials and at which it listens; both ends of a connection prove
 * their identity; a stream for each frame. The acknowledgement of a frame is sent by the other endpoint once it
 * has read the whole frame and put it into its node's queue.
 */
public final class QuicEndpoint extends RealEndpoint {

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
     * An endpoint that listens. Waits until it does, so not to be called on an event loop.
     *
     * @param loops shared by any number of endpoints; an endpoint keeps to one of them
     * @param nodeThread as for {@link RealEndpoint}
     * @param runtime as for {@link RealEndpoint}
     * @throws QuicUnavailableException if there is no native library for this platform
     * @throws IOException if the address cannot be had; the message says which and why
     */
    public static QuicEndpoint open(
            SocketLoops loops,
            NodeAddress address,
            NodeIdentity identity,
            Executor nodeThread,
            NodeRuntime runtime,
            LinkConfig config)
            throws QuicUnavailableException, IOException {
        QuicUnavailableException.check();
        QuicEndpoint endpoint = new QuicEndpoint(loops, address, identity, nodeThread, runtime, config);
        endpoint.socket.bind(address);
        return endpoint;
    }

    /** What has been refused and suffered here. Any thread. */
    public QuicCount count() {
        return socket.count();
    }

    QuicSocket socket() {
        return socket;
    }

    @Override
    protected void open(RealDial dial) {
        socket.dial(dial);
    }

    @Override
    protected void stopListening() {
        socket.stop(isSilent());
    }

    @Override
    protected void register(Line line, Runnable then) {
        ((QuicLine) line).register(then);
    }

    RealConnection accept(QuicLine line, NodeAddress remote, long stamp, PeerId peer) {
        return accepted(line, remote, stamp, peer);
    }
}
