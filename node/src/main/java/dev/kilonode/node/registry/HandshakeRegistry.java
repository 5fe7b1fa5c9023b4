package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.lock.LockWaiter;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;

/**
 * {@code at-handshake}: the handshake identifies a connection's peer, which is recorded once, with both locks held during the
 * registration. Messages only update the user agents; the first message makes the peer known to the protocols above.
 */
final class HandshakeRegistry extends LockedRegistry {

    HandshakeRegistry(NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, Listener listener) {
        super(runtime, endpoint, observer, listener, UserAgentRegistrar::new);
    }

    @Override
    public void connected(Connection connection) {
        super.connected(connection);
        PeerRecord peer = connection.handshakePeer();
        if (peer != null) new Recording(connection, peer.id()).begin();
    }

    /** A peer that has sent nothing yet is unknown to the protocols above. */
    @Override
    boolean isAnnounced(PeerEntry peer) {
        return peer.client != null;
    }

    @Override
    public boolean identifiesAtHandshake() {
        return true;
    }

    /** Recording of one connection in the maps. */
    private final class Recording implements Task {

        private final Connection connection;
        private final PeerId peer;
        private long registeringSinceNanos;

        Recording(Connection connection, PeerId peer) {
            this.connection = connection;
            this.peer = peer;
        }

        @Override
        public NodeAddress channel() {
            return connection.remote();
        }

        void begin() {
            begun(this);
            peersLock.acquireWrite(new LockWaiter(this::peersLocked));
        }

        private void peersLocked() {
            channelsLock.acquireWrite(new LockWaiter(this::bothLocked));
        }

        private void bothLocked() {
            maps.addPeer(peer, connection);
            maps.addSender(connection, peer);
            registeringSinceNanos = runtime.nowNanos();
            endpoint.register(connection, peer, this::registered);
        }

        private void registered() {
            registeredSince(registeringSinceNanos);
            channelsLock.releaseWrite();
            peersLock.releaseWrite();
            ended(this);
        }
    }
}
