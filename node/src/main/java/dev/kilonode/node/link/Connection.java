package dev.kilonode.node.link;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import org.jspecify.annotations.Nullable;

/** One link to another endpoint, seen from this end. Named by its remote address; compared by identity. */
public interface Connection {

    /** The remote {@code ip:port}: the channel's name in the registry. */
    NodeAddress remote();

    /** Whether this end dialled. */
    boolean dialled();

    /** Whether this end still believes that it is open; a zombie is open at one end only. */
    boolean isOpen();

    /**
     * The peer that the remote end has proved to be in the handshake, with the address it listens at. For
     * registries that identify at the handshake; others may only share this object where they know an equal record.
     */
    @Nullable
    PeerRecord handshakePeer();

    /** What the owner of this end keeps with it, to find it without a search; null at first. On the node's thread. */
    @Nullable
    Object attachment();

    void attach(@Nullable Object attachment);
}
