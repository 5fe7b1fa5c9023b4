package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.transport.IdentityConfig.AcceptorAnnounce;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lifecycle of connections: dials, one at a time per address; reports new and ended connections to the registry; announces this node on
 * each connection; and waits for the other side's identity.
 */
final class Connections {

    private final TransportContext context;
    private final NodeObserver observer;
    private final IdentityAnnouncer announcer;
    private final long identityTimeoutNanos;
    private final long pollNanos;
    private final AcceptorAnnounce acceptorAnnounce;
    private final Map<NodeAddress, ConnectAttempt> attempts = new LinkedHashMap<>();

    /** Accepted connections on which this node announces itself once the dialler has; never iterated over. */
    private final Set<Connection> awaitingDialler = new HashSet<>();

    Connections(TransportContext context, IdentityConfig config, NodeObserver observer) {
        this.context = context;
        this.observer = observer;
        identityTimeoutNanos = config.timeout().toNanos();
        pollNanos = config.poll().toNanos();
        acceptorAnnounce = config.acceptorAnnounce();
        announcer = new IdentityAnnouncer(context, observer);
    }

    void connect(PeerRecord peer, ConnectListener listener) {
        if (peer.former().isEmpty()) connectAt(peer, listener);
        else new AddressSequence(this, peer, listener).begin();
    }

    /** As {@link #connect}, at the record's first address only. */
    void connectAt(PeerRecord peer, ConnectListener listener) {
        if (context.isClosed()) {
            listener.connectEnded(RequestFailure.SHUT_DOWN, 0, 0);
            return;
        }
        context.registry().channelOf(peer.id(), channel -> channelFound(peer, listener, channel));
    }

    private void channelFound(PeerRecord peer, ConnectListener listener, @Nullable Connection channel) {
        if (context.isClosed()) {
            listener.connectEnded(RequestFailure.SHUT_DOWN, 0, 0);
        } else if (channel != null) {
            listener.connectEnded(null, 0, 0);
        } else {
            ConnectAttempt attempt = attempts.get(peer.address());
            if (attempt != null) {
                attempt.join(peer.id(), listener);
                return;
            }
            attempt = new ConnectAttempt(this, peer.address());
            attempt.join(peer.id(), listener);
            attempts.put(peer.address(), attempt);
            attempt.begin();
        }
    }

    void connected(Connection connection) {
        context.registry().connected(connection);
        if (context.registry().identifiesAtHandshake()) return;
        if (connection.dialled() || acceptorAnnounce == AcceptorAnnounce.ON_CONNECT) announcer.announceOn(connection);
        else awaitingDialler.add(connection);
    }

    /** As {@link #connected}, without an announce. */
    void connectedUnannounced(Connection connection) {
        context.registry().connected(connection);
    }

    /** Called when the other side's announce has passed its shard. */
    void announced(Connection connection) {
        if (awaitingDialler.remove(connection)) announcer.announceOn(connection);
    }

    void closed(Connection connection) {
        awaitingDialler.remove(connection);
        context.registry().disconnected(connection);
        ConnectAttempt attempt = attempts.get(connection.remote());
        if (attempt != null) attempt.closed(connection);
    }

    void forget(ConnectAttempt attempt) {
        attempts.remove(attempt.address(), attempt);
    }

    void shutdown() {
        List<ConnectAttempt> left = new ArrayList<>(attempts.values());
        for (ConnectAttempt attempt : left) attempt.shutDown();
        awaitingDialler.clear();
        announcer.shutdown();
    }

    IdentityAnnouncer announcer() {
        return announcer;
    }

    /** Number of dials and waits for an identity under way. */
    int attempts() {
        return attempts.size();
    }

    int identityWaits() {
        int waits = 0;
        for (ConnectAttempt attempt : attempts.values()) {
            if (attempt.isIdentifying()) waits++;
        }
        return waits;
    }

    TransportContext context() {
        return context;
    }

    NodeObserver observer() {
        return observer;
    }

    long nowNanos() {
        return context.runtime().nowNanos();
    }

    long identityTimeoutNanos() {
        return identityTimeoutNanos;
    }

    long pollNanos() {
        return pollNanos;
    }
}
