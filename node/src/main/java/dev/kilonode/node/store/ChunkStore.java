package dev.kilonode.node.store;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.Chunk;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chunks in memory, bounded by the sum of their lengths. In virtual time chunks come without content, so only addresses and
 * lengths are kept; the bound counts lengths all the same. One thread.
 *
 * <p>Invariant: offered = stored + held + refused, and bytes &le; capacity.
 */
public final class ChunkStore {

    /** What became of a chunk that was offered to the store. */
    public enum Admission {
        STORED,
        /** It was there already. */
        HELD,
        /** There is no room for it. */
        FULL
    }

    private final long capacityBytes;

    /** Looked up only, never iterated over. */
    private final Map<PeerId, Chunk> chunks = new HashMap<>();

    private long bytes;
    private long offered;
    private long held;
    private long refused;

    public ChunkStore(StoreConfig config) {
        this.capacityBytes = config.capacity().count();
    }

    public Admission put(Chunk chunk) {
        offered++;
        if (chunks.containsKey(chunk.address())) {
            held++;
            return Admission.HELD;
        }
        if (chunk.length() > capacityBytes - bytes) {
            refused++;
            return Admission.FULL;
        }
        bytes += chunk.length();
        chunks.put(chunk.address(), chunk);
        return Admission.STORED;
    }

    public @Nullable Chunk get(PeerId address) {
        return chunks.get(address);
    }

    public boolean holds(PeerId address) {
        return chunks.containsKey(address);
    }

    /** Chunks stored. */
    public int size() {
        return chunks.size();
    }

    /** Sum of the lengths of the chunks stored. */
    public long bytes() {
        return bytes;
    }

    /** Share of the capacity that is used, in [0, 1]. */
    public double fillRatio() {
        return capacityBytes == 0 ? 1 : (double) bytes / capacityBytes;
    }

    public long offered() {
        return offered;
    }

    /** Offers of chunks that were held already. */
    public long heldAlready() {
        return held;
    }

    /** Offers refused for want of room. */
    public long refused() {
        return refused;
    }

    public boolean balanced() {
        return offered == chunks.size() + held + refused && bytes <= capacityBytes;
    }
}
