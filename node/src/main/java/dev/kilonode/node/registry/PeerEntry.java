package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Value of the peer map: the channels of one peer, at least one. Nearly every peer has one, so that a reader needs nothing else. */
final class PeerEntry {

    final PeerId id;

    /** The channel added last. */
    PeerChannel latest;

    /**
     * The newest connection of {@link #latest}, cached to save reading the channel; this peer's id is attached to it. Null while another
     * peer of the channel caches it, and when this peer has been removed.
     */
    private @Nullable Connection current;

    /** The channels added before, oldest first; null if there are none. */
    private @Nullable List<PeerChannel> earlier;

    /** Whether the peer declared itself a client; null until it has declared anything. Used by {@code at-handshake}. */
    @Nullable
    Boolean client;

    PeerEntry(PeerId id, PeerChannel first) {
        this.id = id;
        this.latest = first;
        first.cacheNewestIn(this);
    }

    /** Whether {@code connection} is the {@link #current} one of {@code peer}; answered without reading the peer's entry. */
    static boolean isCurrent(PeerId peer, Connection connection) {
        return Objects.equals(connection.attachment(), peer);
    }

    @Nullable
    Connection current() {
        return current;
    }

    void setCurrent(@Nullable Connection newest) {
        if (current != null) current.attach(null);
        current = newest;
        if (newest != null) newest.attach(id);
    }

    void add(PeerChannel channel) {
        if (earlier == null) earlier = new ArrayList<>(1);
        earlier.add(latest);
        follow(channel);
    }

    void forEachChannel(Consumer<PeerChannel> visitor) {
        for (int i = 0; i < earlierCount(); i++) visitor.accept(earlierAt(i));
        visitor.accept(latest);
    }

    /** Whether the peer uses {@code connection}'s channel. */
    boolean uses(Connection connection) {
        if (current == connection || latest.isNamedAs(connection)) return true;
        for (int i = earlierCount() - 1; i >= 0; i--) {
            if (earlierAt(i).isNamedAs(connection)) return true;
        }
        return false;
    }

    /** The newest open connection, or the newest of all if none is open. */
    Connection newestOpen() {
        if (current != null && current.isOpen()) return current;
        Connection open = latest.newestOpen();
        for (int i = earlierCount() - 1; open == null && i >= 0; i--)
            open = earlierAt(i).newestOpen();
        return open == null ? latest.newest() : open;
    }

    /**
     * Removes the channel of that name.
     *
     * @return the channel, or null if there is none
     */
    @Nullable
    PeerChannel remove(NodeAddress name) {
        if (latest.name.equals(name)) {
            PeerChannel removed = latest;
            int count = earlierCount();
            latest.stopCachingIn(this);
            setCurrent(null);
            if (count > 0 && earlier != null) follow(earlier.remove(count - 1));
            return removed;
        }
        for (int i = earlierCount() - 1; i >= 0; i--) {
            if (earlier != null && earlierAt(i).name.equals(name)) return earlier.remove(i);
        }
        return null;
    }

    private void follow(PeerChannel channel) {
        latest.stopCachingIn(this);
        setCurrent(null);
        latest = channel;
        channel.cacheNewestIn(this);
    }

    private int earlierCount() {
        return earlier == null ? 0 : earlier.size();
    }

    private PeerChannel earlierAt(int index) {
        if (earlier == null) throw new IndexOutOfBoundsException(index);
        return earlier.get(index);
    }
}
