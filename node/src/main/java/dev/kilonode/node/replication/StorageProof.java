package dev.kilonode.node.replication;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.store.ChunkRead;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.wire.Chunk;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes chunks with a nonce, which only a node that holds them can do. Where chunks have no content, the work is charged, and their
 * addresses stand for the hashes.
 */
final class StorageProof implements Work {

    private static final PeerId NOT_HELD = new PeerId(0, 0, 0, 0);

    private final long nonce;
    private final ChunkStore store;
    private final List<@Nullable ChunkRead> reads = new ArrayList<>();
    private final List<PeerId> hashes = new ArrayList<>();
    private long bytes;

    StorageProof(long nonce, List<PeerId> keys, ChunkStore store) {
        this.nonce = nonce;
        this.store = store;
        for (PeerId key : keys) {
            ChunkRead read = store.read(key);
            reads.add(read);
            if (read != null) bytes += read.bytes();
        }
    }

    @Override
    public WorkKind kind() {
        return WorkKind.CHUNK;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void compute() {
        for (ChunkRead read : reads) {
            if (read != null) read.compute();
            Chunk chunk = read == null ? null : read.chunk();
            hashes.add(chunk == null ? NOT_HELD : hash(chunk));
        }
    }

    /** A hash for each key, all zeros for a chunk that is not held. To be called once, when the work is done. */
    List<PeerId> hashes() {
        for (ChunkRead read : reads) {
            if (read != null) store.complete(read);
        }
        return hashes;
    }

    private PeerId hash(Chunk chunk) {
        byte[] content = chunk.content();
        if (content == null) return chunk.address();
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, nonce));
            return PeerId.of(sha.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
