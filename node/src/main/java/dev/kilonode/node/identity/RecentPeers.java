package dev.kilonode.node.identity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The peers that a node has lately had to do with, each in a slot that its user keeps a value for: what a search in a large table
 * found, for as long as the table does not change. A node speaks with some twenty neighbours nearly all the time, and a thousand
 * nodes' tables do not fit a processor's cache; the slots of their neighbours do.
 *
 * <p>Knows an id by the object, so an equal one is not found, and forgets whom another peer displaces. One thread.
 */
public final class RecentPeers {

    /** Slots, a power of two. */
    public static final int SLOTS = 64;

    private final @Nullable PeerId[] peers = new @Nullable PeerId[SLOTS];
    private boolean empty = true;

    /** The slot of {@code peer}, or -1. */
    public int find(PeerId peer) {
        int slot = slotFor(peer);
        return peers[slot] == peer ? slot : -1;
    }

    /** Gives {@code peer} its slot, whoever had it. */
    public int keep(PeerId peer) {
        int slot = slotFor(peer);
        peers[slot] = peer;
        empty = false;
        return slot;
    }

    public void forgetAll() {
        if (empty) return;
        Arrays.fill(peers, null);
        empty = true;
    }

    private static int slotFor(PeerId peer) {
        return peer.hashCode() & (SLOTS - 1); // ids are hashes
    }
}
