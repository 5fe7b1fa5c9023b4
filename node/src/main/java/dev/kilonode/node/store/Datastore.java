package dev.kilonode.node.store;

import dev.kilonode.node.identity.PeerId;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the content of one node's chunks outside its memory, by address. It neither bounds nor judges what it holds: that is the
 * chunk store's part. Any thread; each call may wait for a disk, so that it is work for the node's processors.
 */
public interface Datastore {

    /**
     * Returns once the content would outlive the process.
     *
     * @throws IOException if it is not held; what was held before still is
     */
    void put(PeerId address, byte[] content) throws IOException;

    /**
     * What came to be held there, unverified; null where nothing is held, or what was held is damaged beyond reading.
     *
     * @throws IOException if it may be there and cannot be read now
     */
    byte @Nullable [] get(PeerId address) throws IOException;

    /** Does nothing where nothing is held. */
    void delete(PeerId address) throws IOException;

    /** Length of each content held, by address. */
    Map<PeerId, Integer> lengths() throws IOException;
}
