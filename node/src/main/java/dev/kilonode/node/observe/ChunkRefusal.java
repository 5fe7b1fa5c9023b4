package dev.kilonode.node.observe;

import java.util.Locale;

/** Why a node refused a chunk. */
public enum ChunkRefusal {
    /** The store is full, or does not know its free space yet after a restart. */
    FULL,
    /** The chunk's address is not the hash of its content. */
    CORRUPT,
    /** The disk is full or failed. */
    DISK;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
