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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An endpoint without a network: it drops what is sent, and registers at once. The benchmark calls the listener itself. */
final class SilentEndpoint implements Endpoint {

    private final NodeAddress address;
    private @Nullable EndpointListener listener;

    SilentEndpoint(NodeAddress address) {
        this.address = address;
    }

    EndpointListener listener() {
        return Objects.requireNonNull(listener);
    }

    @Override
    public NodeAddress localAddress() {
        return address;
    }

    @Override
    public void listen(EndpointListener listener) {
        this.listener = listener;
    }

    @Override
    public void dial(NodeAddress remote, DialListener listener) {}

    @Override
    public void send(Connection connection, Frame frame, @Nullable SendListener listener) {}

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

    /** An accepted connection that stays open. */
    static final class End implements Connection {

        private final NodeAddress remote;
        private @Nullable Object attachment;

        End(NodeAddress remote) {
            this.remote = remote;
        }

        @Override
        public NodeAddress remote() {
            return remote;
        }

        @Override
        public boolean dialled() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public @Nullable PeerRecord handshakePeer() {
            return null;
        }

        @Override
        public @Nullable Object attachment() {
            return attachment;
        }

        @Override
        public void attach(@Nullable Object attachment) {
            this.attachment = attachment;
        }
    }
}
