package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel, named by its remote address: its connections, oldest first, and the peers that use it. A connection that replaces another
 * one with the same address inherits the peers.
 */
final class PeerChannel {

    final NodeAddress name;

    /** Value of the channel map: the peers on this channel, oldest first. Empty if the map has no entry. */
    final List<PeerId> senders = new ArrayList<>(1);

    /** Number of peers that list this channel in the peer map. */
    int listedBy;

    private final List<Connection> connections = new ArrayList<>(1);
    private Connection newest;

    /** The peer entry that caches {@link #newest}. One suffices: hardly ever do two peers share a channel. */
    private @Nullable PeerEntry cachingPeer;

    PeerChannel(Connection connection) {
        name = connection.remote();
        newest = connection;
        connections.add(connection);
    }

    /** From now on {@code peer}, and no other entry, caches the newest connection. */
    void cacheNewestIn(PeerEntry peer) {
        if (cachingPeer != null) cachingPeer.setCurrent(null);
        cachingPeer = peer;
        peer.setCurrent(newest);
    }

    void stopCachingIn(PeerEntry peer) {
        if (cachingPeer == peer) cachingPeer = null;
    }

    boolean isNamedAs(Connection connection) {
        return newest == connection || name.equals(connection.remote());
    }

    void opened(Connection connection) {
        newest = connection;
        if (cachingPeer != null) cachingPeer.setCurrent(connection);
        forgetClosed();
        if (!connections.contains(connection)) connections.add(connection);
    }

    void ended(Connection connection) {
        connections.remove(connection);
        forgetClosed(); // superseded connections are not reported
    }

    boolean isForgotten() {
        return connections.isEmpty() && senders.isEmpty() && listedBy == 0;
    }

    @Nullable
    Connection newestOpen() {
        if (newest.isOpen()) return newest;
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (connections.get(i).isOpen()) return connections.get(i);
        }
        return null;
    }

    /** The newest connection, open or not. */
    Connection newest() {
        return newest;
    }

    private void forgetClosed() {
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (!connections.get(i).isOpen()) connections.remove(i);
        }
    }
}
