package dev.kilonode.node.observe;

import java.util.Locale;

/** Why a chunk that a node holds could not be read back. */
public enum ChunkLoss {
    /** What came back has another hash than the chunk's address. The chunk is held no longer. */
    CORRUPT,
    /** The disk failed; the chunk may still be there. */
    DISK;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
