package dev.kilonode.node.link;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import org.jspecify.annotations.Nullable;

/** This end of a connection to another endpoint. Named by its remote address; compared by identity. */
public interface Connection {

    /** The remote {@code ip:port}: the channel's name in the registry. */
    NodeAddress remote();

    /** Whether this end dialled. */
    boolean dialled();

    /** Whether this end takes the connection for open. A half-open connection is open at one end only. */
    boolean isOpen();

    /**
     * The identity that the remote end proved in the handshake, with the address that it listens at; null without proof. For registries
     * that identify peers by the handshake. Others may only use it to share the object if they know an equal record.
     */
    @Nullable
    PeerRecord handshakePeer();

    /** An object that the owner of this end attached, to find it without a search; null at first. On the node's thread. */
    @Nullable
    Object attachment();

    void attach(@Nullable Object attachment);
}
