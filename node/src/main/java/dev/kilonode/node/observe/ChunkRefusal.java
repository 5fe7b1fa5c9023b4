package dev.kilonode.node.observe;

import java.util.Locale;

/** Why a node did not take a chunk that was offered to it. */
public enum ChunkRefusal {
    /** Its store has no room; or does not know yet, after a restart. */
    FULL,
    /** The chunk's address is not the hash of its content. */
    CORRUPT,
    /** The disk did not take it: it is full, or fails. */
    DISK;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
