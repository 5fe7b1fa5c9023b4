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
 * The chunks a node holds: which they are, how much room they take, what is taken and what refused. Their content is held here as
 * well, or in a datastore. In virtual time chunks come without content, so only addresses and lengths are kept; the bound
 * counts lengths all the same. One thread; whatever waits for a disk is work for the node's processors.
 *
 * <p>Invariant: offered + recovered = stored + held + refused + removed (what is under way is not offered yet), and bytes &le; capacity.
 */
public final class ChunkStore {

    /** What became of a chunk that was offered to the store. */
    public enum Admission {
        STORED,
        /** It was there already. */
        HELD,
        /** Its address is not the hash of its content. */
        CORRUPT,
        /** There is no room for it, or the disk did not take it. */
        REFUSED;

        /** Whether the node holds the chunk now. */
        public boolean holds() {
            return this == STORED || this == HELD;
        }
    }

    private final long capacityBytes;
    private final @Nullable Datastore datastore;
    private final NodeObserver observer;

    /** In the order they came; without content where a datastore holds it. */
    private final Map<PeerId, Chunk> chunks = new LinkedHashMap<>();

    /** Let go, and still in the datastore. */
    private final Set<PeerId> leaving = new HashSet<>();

    /** Whether it is known what the datastore holds. */
    private boolean known;

    /** Of the chunks stored and of those under way. */
    private long bytes;

    private long offered;
    private long recovered;
    private long held;
    private long refused;
    private long removed;

    /** @param datastore what holds the content of chunks, or null for this node's memory */
    public ChunkStore(Bytes capacity, @Nullable Datastore datastore, NodeObserver observer) {
        this.capacityBytes = capacity.count();
        this.datastore = datastore;
        this.known = datastore == null;
        this.observer = observer;
    }

    /** What the node's next life begins with: this store, as memory has it; or a new one, which recovers what the datastore holds. */
    public ChunkStore afterRestart() {
        return datastore == null ? this : new ChunkStore(new Bytes(capacityBytes), datastore, observer);
    }

    /**
     * Learns what the datastore holds since an earlier life; until then nothing is taken. Calls {@code then} once that is known: at
     * once where there is no datastore. One that cannot be listed is counted, and the node lives without it.
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

    /** Checks a chunk that has come in and takes it, if it is intact and there is room; {@code then} is told once that is done. */
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

    /** Takes a chunk that is known to be intact, if there is room. In memory {@code then} is told at once. */
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
        bytes -= chunk.length(); // two brought it at the same time
        held++;
        return Admission.HELD;
    }

    private void refuse(ChunkRefusal cause) {
        offered++;
        refused++;
        observer.count(Metric.CHUNKS_REFUSED, cause);
    }

    /** Tells {@code then} the chunk, or null when it is not held or cannot be read back. From memory at once. */
    public void get(NodeRuntime runtime, PeerId address, Consumer<@Nullable Chunk> then) {
        ChunkRead read = read(address);
        if (read == null) then.accept(null);
        else if (read.done()) then.accept(read.chunk());
        else runtime.run(read, () -> then.accept(addNode(read)));
    }

    /** The work of reading a chunk, to be settled when it is done; null when it is not held. */
    public @Nullable ChunkRead read(PeerId address) {
        Chunk chunk = chunks.get(address);
        return chunk == null ? null : new ChunkRead(chunk, datastore);
    }

    /** Draws the consequences of a read that is done. Returns the chunk, or null when it could not be read back. */
    public @Nullable Chunk addNode(ChunkRead read) {
        ChunkLoss loss = read.loss();
        if (loss == null) return read.chunk();
        observer.count(Metric.CHUNKS_UNREADABLE, loss);
        if (loss == ChunkLoss.CORRUPT && chunks.remove(read.held().address(), read.held())) {
            bytes -= read.held().length();
            removed++;
        }
        return null;
    }

    public boolean holds(PeerId address) {
        return chunks.containsKey(address);
    }

    /** Lets a chunk go; its room is free once it has left the datastore. Returns whether it was there. */
    public boolean remove(NodeRuntime runtime, PeerId address) {
        Chunk gone = chunks.remove(address);
        if (gone == null) return false;
        removed++;
        if (datastore == null) {
            bytes -= gone.length();
        } else {
            leaving.add(address);
            // where it fails the chunk is known no longer; the next life finds it, and lets it go again
            runtime.run(new DatastoreWork(0, () -> datastore.delete(address)), () -> {
                leaving.remove(address);
                bytes -= gone.length();
            });
        }
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

    /** Sum of the lengths of the chunks stored, and of those that come or leave. */
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

    /** Offers refused, whatever the cause. */
    public long refused() {
        return refused;
    }

    public boolean invariantsHold() {
        return offered + recovered == chunks.size() + held + refused + removed && bytes <= capacityBytes;
    }
}
