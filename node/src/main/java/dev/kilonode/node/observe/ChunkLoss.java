package dev.kilonode.node.observe;

import java.util.Locale;

/** Why a stored chunk could not be read. */
public enum ChunkLoss {
    /** The hash of the content differs from the chunk's address. The node no longer holds the chunk. */
    CORRUPT,
    /** The disk failed; the chunk may still exist. */
    DISK;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
