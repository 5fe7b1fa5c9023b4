package dev.kilonode.node.store;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.Chunk;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes a received chunk to check that its address is the hash of its content. Where the work is only charged, or the chunk has no
 * content, the chunk counts as intact.
 */
public final class ChunkCheck implements Work {

    private final Chunk chunk;
    private boolean intact = true;

    public ChunkCheck(Chunk chunk) {
        this.chunk = chunk;
    }

    @Override
    public WorkKind kind() {
        return WorkKind.CHUNK;
    }

    @Override
    public long bytes() {
        return chunk.length();
    }

    @Override
    public void compute() {
        byte[] content = chunk.content();
        if (content != null) {
            intact = content.length == chunk.length() && addressOf(content).equals(chunk.address());
        }
    }

    /** The result; valid once the work is done. */
    public boolean intact() {
        return intact;
    }

    /** The address of {@code content} in the key space: its SHA-256. */
    public static PeerId addressOf(byte[] content) {
        try {
            return PeerId.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
