package dev.kilonode.node.identity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small cache of results of searches in a large table, valid until the table changes. A node exchanges most messages with some twenty
 * neighbours. The tables of a thousand nodes do not fit a processor's cache; this cache does, with a few cache lines per node. It is
 * two-way set associative.
 *
 * <p>It compares ids by reference, so it does not find an equal id that is another object. A newer entry evicts the older of the two in
 * its set. One thread.
 *
 * @param <V> the cached result of a search
 */
public final class PeerCache<V> {

    private static final int PAIRS = 32;

    /** Key, value, key, value: one set of four slots lies within one cache line. */
    private final @Nullable Object[] slots = new @Nullable Object[4 * PAIRS];

    private boolean empty = true;

    /** The cached value for {@code peer}, or null on a miss. */
    @SuppressWarnings("unchecked") // only keep() writes
    public @Nullable V find(PeerId peer) {
        int slot = pairFor(peer);
        if (slots[slot] == peer) return (V) slots[slot + 1];
        return slots[slot + 2] == peer ? (V) slots[slot + 3] : null;
    }

    /** Caches a value for {@code peer}; the older of the two entries in its set is evicted. */
    public void keep(PeerId peer, V value) {
        int slot = pairFor(peer);
        slots[slot + 2] = slots[slot];
        slots[slot + 3] = slots[slot + 1];
        slots[slot] = peer;
        slots[slot + 1] = value;
        empty = false;
    }

    /** Clears the cache; to be called when the table has changed. */
    public void forgetAll() {
        if (empty) return;
        Arrays.fill(slots, null);
        empty = true;
    }

    private static int pairFor(PeerId peer) {
        return 4 * (peer.hashCode() & (PAIRS - 1)); // ids are hashes
    }
}
