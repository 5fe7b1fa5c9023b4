package dev.kilonode.node.identity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a node has lately found out about peers by a search in a large table, for as long as the table does not change. A node
 * speaks with some twenty neighbours nearly all the time; a thousand nodes' tables do not fit a processor's cache, but what is kept
 * here of their neighbours does: a few cache lines a node. Each peer has two places to be in, next to each other.
 *
 * <p>Knows an id by the object, so an equal one is not found, and forgets whom other peers displace. One thread.
 *
 * @param <V> what is known of a peer
 */
public final class PeerCache<V> {

    private static final int PAIRS = 32;

    /** Each peer before its value; a pair of such is within one line. */
    private final @Nullable Object[] slots = new @Nullable Object[4 * PAIRS];

    private boolean empty = true;

    /** What is known of {@code peer}, or null: then it has to be searched for. */
    @SuppressWarnings("unchecked") // only keep() writes
    public @Nullable V find(PeerId peer) {
        int slot = pairFor(peer);
        if (slots[slot] == peer) return (V) slots[slot + 1];
        return slots[slot + 2] == peer ? (V) slots[slot + 3] : null;
    }

    /** Notes what is known of {@code peer}; of the two in its places the one kept first goes. */
    public void keep(PeerId peer, V value) {
        int slot = pairFor(peer);
        slots[slot + 2] = slots[slot];
        slots[slot + 3] = slots[slot + 1];
        slots[slot] = peer;
        slots[slot + 1] = value;
        empty = false;
    }

    /** The table has changed. */
    public void forgetAll() {
        if (empty) return;
        Arrays.fill(slots, null);
        empty = true;
    }

    private static int pairFor(PeerId peer) {
        return 4 * (peer.hashCode() & (PAIRS - 1)); // ids are hashes
    }
}
