package dev.kilonode.node.store;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.Chunk;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chunks in memory, bounded by the sum of their lengths. In virtual time chunks come without content, so only addresses and
 * lengths are kept; the bound counts lengths all the same. One thread.
 *
 * <p>Invariant: offered = stored + held + refused + removed, and bytes &le; capacity.
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

    /** In the order they came. */
    private final Map<PeerId, Chunk> chunks = new LinkedHashMap<>();

    private long bytes;
    private long offered;
    private long held;
    private long refused;
    private long removed;

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

    /** Lets a chunk go. @return whether it was there */
    public boolean remove(PeerId address) {
        Chunk gone = chunks.remove(address);
        if (gone == null) return false;
        bytes -= gone.length();
        removed++;
        return true;
    }

    /** Where the chunks stored belong, in the order they came; a view. */
    public Set<PeerId> addresses() {
        return Collections.unmodifiableSet(chunks.keySet());
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
        return offered == chunks.size() + held + refused + removed && bytes <= capacityBytes;
    }
}
