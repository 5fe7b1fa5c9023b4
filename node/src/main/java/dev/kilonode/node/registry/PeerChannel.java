package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything known under one channel name: the connections to that remote address, oldest first, and the peers that speak on
 * them. A connection that takes another's place under the same address inherits what was known under the name.
 */
final class PeerChannel {

    final NodeAddress name;

    /** The channel map's entry: the peers that speak here, oldest first. Empty: no entry. */
    final List<PeerId> speakers = new ArrayList<>(1);

    /** How many peers list this channel in the peer map. */
    int listedBy;

    private final List<Connection> connections = new ArrayList<>(1);
    private Connection newest;

    /** Keeps {@link #newest} at hand. One peer is enough: hardly ever do two speak on a channel. */
    private @Nullable PeerEntry told;

    PeerChannel(Connection connection) {
        name = connection.remote();
        newest = connection;
        connections.add(connection);
    }

    /** From now on {@code peer} is told which connection is the newest, and nobody else. */
    void tellNewest(PeerEntry peer) {
        if (told != null) told.setCurrent(null);
        told = peer;
        peer.setCurrent(newest);
    }

    void tellNoMore(PeerEntry peer) {
        if (told == peer) told = null;
    }

    boolean isNamedAs(Connection connection) {
        return newest == connection || name.equals(connection.remote());
    }

    void cameUp(Connection connection) {
        newest = connection;
        if (told != null) told.setCurrent(connection);
        forgetClosed();
        if (!connections.contains(connection)) connections.add(connection);
    }

    void ended(Connection connection) {
        connections.remove(connection);
        forgetClosed(); // the superseded are not reported
    }

    boolean isForgotten() {
        return connections.isEmpty() && speakers.isEmpty() && listedBy == 0;
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
