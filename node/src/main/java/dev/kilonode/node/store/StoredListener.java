package dev.kilonode.node.store;

import dev.kilonode.node.wire.Chunk;

/** Told of chunks that a client stored here. */
public interface StoredListener {

    /** Called after the client has been answered; not called for chunks that were held already. */
    void chunkStored(Chunk chunk);
}
