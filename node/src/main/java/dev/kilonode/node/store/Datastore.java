package dev.kilonode.node.store;

import dev.kilonode.node.identity.PeerId;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the content of one node's chunks outside its memory, by address. It neither limits nor verifies the content; the chunk store
 * does. Any thread. Calls may block on a disk, so they are work for the node's processors.
 */
public interface Datastore {

    /**
     * Stores a content; returns once it would survive a crash of the process.
     *
     * @throws IOException if it was not stored; an earlier content is still held
     */
    void put(PeerId address, byte[] content) throws IOException;

    /**
     * The content stored at an address, unverified; null if there is none or it is damaged beyond reading.
     *
     * @throws IOException if it may exist and cannot be read now
     */
    byte @Nullable [] get(PeerId address) throws IOException;

    /** Deletes a content; does nothing if there is none. */
    void delete(PeerId address) throws IOException;

    /** Length of each content in bytes, by address. */
    Map<PeerId, Integer> lengths() throws IOException;
}
