package dev.kilonode.node.identity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a node has lately found out about peers by a search in a large table, for as long as the table does not change. A node
 * speaks with some twenty neighbours nearly all the time; a thousand nodes' tables do not fit a processor's cache, but what is kept
 * here of their neighbours does: a few cache lines a node.
 *
 * <p>Knows an id by the object, so an equal one is not found, and forgets whom another peer displaces. One thread.
 *
 * @param <V> what is known of a peer
 */
public final class RecentPeers<V> {

    private static final int SLOTS = 64;

    /** Each peer before its value, so that both are in one line. */
    private final @Nullable Object[] slots = new @Nullable Object[2 * SLOTS];

    private boolean empty = true;

    /** What is known of {@code peer}, or null: then it has to be searched for. */
    @SuppressWarnings("unchecked") // only keep() writes
    public @Nullable V find(PeerId peer) {
        int slot = slotFor(peer);
        return slots[slot] == peer ? (V) slots[slot + 1] : null;
    }

    /** Notes what is known of {@code peer}, in the place of what another peer's slot held. */
    public void keep(PeerId peer, V value) {
        int slot = slotFor(peer);
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

    private static int slotFor(PeerId peer) {
        return 2 * (peer.hashCode() & (SLOTS - 1)); // ids are hashes
    }
}
