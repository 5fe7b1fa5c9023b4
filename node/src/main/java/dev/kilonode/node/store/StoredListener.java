package dev.kilonode.node.store;

import dev.kilonode.node.wire.Chunk;

/** Listens to chunks that clients store on this node. */
public interface StoredListener {

    /** Called after the reply to the client was sent; not called for chunks that were held already. */
    void chunkStored(Chunk chunk);
}
