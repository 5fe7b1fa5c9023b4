package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hash table of known peers by id: open addressing with linear probing, so that a lookup reads a slot and the peer itself. Every message
 * looks up one or two peers, in memory that has left the caches while a thousand other nodes ran; the load factor is therefore at most a
 * quarter, so that other peers are rarely read on the way. The order of iteration depends on the ids only.
 */
final class PeerIndex {

    /** The length is a power of two and at least four times the number of entries. */
    private @Nullable PeerEntry[] slots = new @Nullable PeerEntry[16];

    private int size;

    int size() {
        return size;
    }

    @Nullable
    PeerEntry get(PeerId id) {
        return slots[slotOf(id)];
    }

    /** @param peer not in the index yet */
    void add(PeerEntry peer) {
        if (4 * (size + 1) > slots.length) grow();
        slots[slotOf(peer.id)] = peer;
        size++;
    }

    void remove(PeerId id) {
        int gap = slotOf(id);
        if (slots[gap] == null) return;
        slots[gap] = null;
        size--;
        int mask = slots.length - 1;
        for (int slot = (gap + 1) & mask; ; slot = (slot + 1) & mask) {
            PeerEntry there = slots[slot];
            if (there == null) return;
            if (((slot - home(there.id)) & mask) >= ((slot - gap) & mask)) { // probing would no longer find it
                slots[gap] = there;
                slots[slot] = null;
                gap = slot;
            }
        }
    }

    void forEach(Consumer<PeerEntry> visitor) {
        for (PeerEntry peer : slots) {
            if (peer != null) visitor.accept(peer);
        }
    }

    /** The slot that holds {@code id}, or the empty slot where it belongs. */
    private int slotOf(PeerId id) {
        int mask = slots.length - 1;
        for (int slot = home(id); ; slot = (slot + 1) & mask) {
            PeerEntry there = slots[slot];
            if (there == null || there.id == id || there.id.equals(id)) return slot;
        }
    }

    private int home(PeerId id) {
        return id.hashCode() & (slots.length - 1); // ids are hashes
    }

    private void grow() {
        @Nullable PeerEntry[] old = slots;
        slots = new @Nullable PeerEntry[2 * old.length];
        for (PeerEntry peer : old) {
            if (peer != null) slots[slotOf(peer.id)] = peer;
        }
    }
}
