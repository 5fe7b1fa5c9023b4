package dev.kilonode.node.store;

import dev.kilonode.node.observe.ChunkLoss;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.Chunk;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a chunk back from the datastore and checks that its hash is still its address. Without a datastore there is nothing to do. */
public final class ChunkRead implements Work {

    private final Chunk held;
    private final @Nullable Datastore datastore;
    private @Nullable Chunk chunk;
    private @Nullable ChunkLoss loss;

    /** @param datastore holds the content, or null if {@code held} has it */
    ChunkRead(Chunk held, @Nullable Datastore datastore) {
        this.held = held;
        this.datastore = datastore;
        if (datastore == null) chunk = held;
    }

    @Override
    public WorkKind kind() {
        return WorkKind.CHUNK;
    }

    @Override
    public long bytes() {
        return held.length();
    }

    @Override
    public void compute() {
        if (datastore == null) return;
        try {
            byte[] content = datastore.get(held.address());
            if (content != null && ChunkCheck.addressOf(content).equals(held.address())) {
                chunk = new Chunk(held.address(), content.length, content);
            } else {
                loss = ChunkLoss.CORRUPT;
                datastore.delete(held.address());
            }
        } catch (IOException e) {
            if (loss == null) loss = ChunkLoss.DISK;
        }
    }

    /** Whether the chunk is available without any work. */
    boolean done() {
        return datastore == null;
    }

    /** The entry in the store, whether or not its content can be read. */
    Chunk held() {
        return held;
    }

    /** The chunk, or null if it could not be read back; valid once the work is done. */
    public @Nullable Chunk chunk() {
        return chunk;
    }

    /** Why it could not be read back, or null. */
    @Nullable
    ChunkLoss loss() {
        return loss;
    }
}
