package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a file, at most 4 MiB.
 *
 * @param address key of the chunk: the hash of its content
 * @param length content size in bytes
 * @param content the bytes, or null in virtual time, where only the length matters; null is encoded as zeros
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the address
public record Chunk(PeerId address, int length, byte @Nullable [] content) {

    public static final int MAX_BYTES = 4 << 20;
}
