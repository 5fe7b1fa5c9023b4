package dev.kilonode.node.upload;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.ChunkCheck;
import dev.kilonode.node.wire.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Splits a file into chunks of nearly equal length.
 *
 * <p>A chunk is filled to 99 % at most; encryption needs the rest. The figure is assumed; with it a file of 50 MB, or of 50 MiB, makes
 * the 13 chunks observed in the system studied.
 */
public final class FileChunker {

    private static final double FILLED_RATIO = 0.99;

    private final int pieceBytes;

    /** @param chunkBytes largest chunk, at most {@link Chunk#MAX_BYTES} */
    public FileChunker(long chunkBytes) {
        if (chunkBytes < 2 || chunkBytes > Chunk.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "chunk size: got " + chunkBytes + " bytes, expected 2 to " + Chunk.MAX_BYTES);
        }
        this.pieceBytes = (int) (chunkBytes * FILLED_RATIO);
    }

    /** Number of chunks of a file. */
    public int count(long fileBytes) {
        return Math.toIntExact((fileBytes + pieceBytes - 1) / pieceBytes);
    }

    /** Makes chunks without content at random addresses, for virtual time. */
    public List<Chunk> chunks(long fileBytes, RandomGenerator random) {
        int count = count(fileBytes);
        List<Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = (int) (end(fileBytes, i, count) - end(fileBytes, i - 1, count));
            chunks.add(new Chunk(PeerId.random(random), length, null));
        }
        return chunks;
    }

    /** Makes chunks with content, at the addresses of that content. */
    public List<Chunk> chunks(byte[] content) {
        int count = count(content.length);
        List<Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] piece = Arrays.copyOfRange(
                    content, (int) end(content.length, i - 1, count), (int) end(content.length, i, count));
            chunks.add(new Chunk(ChunkCheck.addressOf(piece), piece.length, piece));
        }
        return chunks;
    }

    /** Offset at which piece {@code index} ends; lengths differ by one byte at most. */
    private static long end(long fileBytes, int index, int count) {
        long longer = fileBytes % count;
        return (index + 1) * (fileBytes / count) + Math.min(index + 1, longer);
    }
}
