package dev.kilonode.benchmarks;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An endpoint without a network: it drops what is sent, and registers at once. The benchmark calls the listener itself. */
record SilentEndpoint(NodeAddress localAddress, AtomicReference<EndpointListener> listener) implements Endpoint {

    @Override
    public void listen(EndpointListener told) {
        listener.set(told);
    }

    @Override
    public void dial(NodeAddress remote, DialListener dialler) {}

    @Override
    public void send(Connection connection, Frame frame, @Nullable SendListener sender) {}

    @Override
    public void close(Connection connection, CloseReason reason) {}

    @Override
    public void register(Connection connection, PeerId peer, Runnable then) {
        then.run();
    }

    @Override
    public int openConnections() {
        return 1;
    }

    @Override
    public void shutdown(boolean abrupt) {}

    /** One end of a connection that stays open. */
    record End(
            NodeAddress remote,
            boolean dialled,
            boolean isOpen,
            @Nullable PeerRecord handshakePeer,
            AtomicReference<@Nullable Object> attached)
            implements Connection {

        static End accepted(NodeAddress remote) {
            return new End(remote, false, true, null, new AtomicReference<>());
        }

        @Override
        public @Nullable Object attachment() {
            return attached.get();
        }

        @Override
        public void attach(@Nullable Object attachment) {
            attached.set(attachment);
        }
    }
}
