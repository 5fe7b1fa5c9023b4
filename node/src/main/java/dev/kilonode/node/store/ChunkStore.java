package dev.kilonode.node.store;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.ChunkLoss;
import dev.kilonode.node.observe.ChunkRefusal;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.Chunk;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a node: which it holds, how much room they take, how many it stored and refused. Their content is in memory or in a
 * datastore. In virtual time chunks have no content, so only addresses and lengths are kept; the capacity bounds the lengths all the
 * same. One thread; disk access is work for the node's processors.
 *
 * <p>Invariant: offered + recovered = stored + held + refused + removed (operations under way are not counted as offered yet), and bytes
 * &le; capacity.
 */
public final class ChunkStore {

    /** Result of offering a chunk to the store. */
    public enum Admission {
        STORED,
        /** The store held it already. */
        HELD,
        /** Its address is not the hash of its content. */
        CORRUPT,
        /** There is no room for it, or the disk failed to write it. */
        REFUSED;

        /** Whether the node holds the chunk now. */
        public boolean holds() {
            return this == STORED || this == HELD;
        }
    }

    private final long capacityBytes;
    private final @Nullable Datastore datastore;
    private final NodeObserver observer;

    /** In order of arrival; without content if a datastore holds it. */
    private final Map<PeerId, Chunk> chunks = new LinkedHashMap<>();

    /** Removed here, and still in the datastore. */
    private final Set<PeerId> leaving = new HashSet<>();

    /** Whether the contents of the datastore have been listed. */
    private boolean known;

    /** Lengths of the chunks stored and of those being written or removed. */
    private long bytes;

    private long offered;
    private long recovered;
    private long held;
    private long refused;
    private long removed;

    /** @param datastore holds the content of chunks, or null to keep it in memory */
    public ChunkStore(Bytes capacity, @Nullable Datastore datastore, NodeObserver observer) {
        this.capacityBytes = capacity.count();
        this.datastore = datastore;
        this.known = datastore == null;
        this.observer = observer;
    }

    /** The store of the restarted node: this one if chunks are in memory, or a new one that recovers from the datastore. */
    public ChunkStore afterRestart() {
        return datastore == null ? this : new ChunkStore(new Bytes(capacityBytes), datastore, observer);
    }

    /**
     * Lists the chunks that the datastore holds from before a restart; the store refuses chunks until that is done. Then calls {@code
     * then}, at once if there is no datastore. If listing fails, the failure is counted and the node starts without those chunks.
     */
    public void recover(NodeRuntime runtime, Runnable then) {
        if (datastore == null) {
            then.run();
            return;
        }
        Map<PeerId, Integer> lengths = new LinkedHashMap<>();
        DatastoreWork recovery = new DatastoreWork(0, () -> lengths.putAll(datastore.lengths()));
        runtime.run(recovery, () -> {
            if (recovery.failed()) observer.count(Metric.CHUNKS_UNREADABLE, ChunkLoss.DISK);
            known = true;
            lengths.forEach((address, length) -> {
                chunks.put(address, new Chunk(address, length, null));
                recovered++;
                bytes += length;
            });
            then.run();
        });
    }

    /** Checks a received chunk and stores it if it is intact and there is room; {@code then} gets the result. */
    public void offer(NodeRuntime runtime, Chunk chunk, Consumer<Admission> then) {
        ChunkCheck check = new ChunkCheck(chunk);
        runtime.run(check, () -> {
            if (check.intact()) {
                put(runtime, chunk, then);
            } else {
                refuse(ChunkRefusal.CORRUPT);
                then.accept(Admission.CORRUPT);
            }
        });
    }

    /** Stores a chunk that is known to be intact, if there is room; {@code then} gets the result, within this call if in memory. */
    public void put(NodeRuntime runtime, Chunk chunk, Consumer<Admission> then) {
        if (chunks.containsKey(chunk.address())) {
            offered++;
            held++;
            then.accept(Admission.HELD);
        } else if (!known || chunk.length() > capacityBytes - bytes || leaving.contains(chunk.address())) {
            refuse(ChunkRefusal.FULL);
            then.accept(Admission.REFUSED);
        } else if (datastore == null) {
            offered++;
            bytes += chunk.length();
            chunks.put(chunk.address(), chunk);
            then.accept(Admission.STORED);
        } else {
            bytes += chunk.length();
            byte[] content = Objects.requireNonNull(chunk.content(), "a chunk without content for a datastore");
            DatastoreWork write = new DatastoreWork(chunk.length(), () -> datastore.put(chunk.address(), content));
            runtime.run(write, () -> then.accept(written(chunk, !write.failed())));
        }
    }

    private Admission written(Chunk chunk, boolean written) {
        if (!written) {
            bytes -= chunk.length();
            refuse(ChunkRefusal.DISK);
            return Admission.REFUSED;
        }
        offered++;
        Chunk entry = new Chunk(chunk.address(), chunk.length(), null);
        if (chunks.putIfAbsent(chunk.address(), entry) == null) return Admission.STORED;
        bytes -= chunk.length(); // written twice at the same time
        held++;
        return Admission.HELD;
    }

    private void refuse(ChunkRefusal cause) {
        offered++;
        refused++;
        observer.count(Metric.CHUNKS_REFUSED, cause);
    }

    /** Passes {@code then} the chunk, or null if it is not held or cannot be read back; within this call if in memory. */
    public void get(NodeRuntime runtime, PeerId address, Consumer<@Nullable Chunk> then) {
        ChunkRead read = read(address);
        if (read == null) then.accept(null);
        else if (read.done()) then.accept(read.chunk());
        else runtime.run(read, () -> then.accept(complete(read)));
    }

    /** Work that reads a chunk, to be passed to {@link #complete} when it is done; null if the chunk is not held. */
    public @Nullable ChunkRead read(PeerId address) {
        Chunk chunk = chunks.get(address);
        return chunk == null ? null : new ChunkRead(chunk, datastore);
    }

    /**
     * Completes a read: removes and counts a damaged chunk.
     *
     * @return the chunk, or null if it could not be read back
     */
    public @Nullable Chunk complete(ChunkRead read) {
        ChunkLoss loss = read.loss();
        if (loss == null) return read.chunk();
        observer.count(Metric.CHUNKS_UNREADABLE, loss);
        if (loss == ChunkLoss.CORRUPT && chunks.remove(read.held().address(), read.held())) {
            bytes -= read.held().length();
            removed++;
        }
        return null;
    }

    /** Whether it knows what it holds: false until {@link #recover} is done. */
    public boolean isKnown() {
        return known;
    }

    public boolean holds(PeerId address) {
        return chunks.containsKey(address);
    }

    /**
     * Removes a chunk. Its room becomes free once it has left the datastore.
     *
     * @return whether it was held
     */
    public boolean remove(NodeRuntime runtime, PeerId address) {
        Chunk gone = chunks.remove(address);
        if (gone == null) return false;
        removed++;
        if (datastore == null) {
            bytes -= gone.length();
        } else {
            leaving.add(address);
            // if deletion fails, the chunk is recovered after a restart and removed again
            runtime.run(new DatastoreWork(0, () -> datastore.delete(address)), () -> {
                leaving.remove(address);
                bytes -= gone.length();
            });
        }
        return true;
    }

    /** Addresses of the chunks stored, in order of arrival; a view. */
    public Set<PeerId> addresses() {
        return Collections.unmodifiableSet(chunks.keySet());
    }

    /** Number of chunks stored. */
    public int size() {
        return chunks.size();
    }

    /** Sum of the lengths of the chunks stored, and of those being written or removed. */
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

    /** Number of offers of chunks that were held already. */
    public long heldAlready() {
        return held;
    }

    /** Number of offers refused, for any cause. */
    public long refused() {
        return refused;
    }

    public boolean invariantsHold() {
        return offered + recovered == chunks.size() + held + refused + removed && bytes <= capacityBytes;
    }
}
