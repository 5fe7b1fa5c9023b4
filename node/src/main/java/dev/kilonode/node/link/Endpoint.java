package dev.kilonode.node.link;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.NodeAddress;
import org.jspecify.annotations.Nullable;

/**
 * A node's socket side. All methods return at once and are called on the node's thread; listeners are called on the same
 * thread, never from within the call that caused them. One contract test runs against every implementation.
 */
public interface Endpoint {

    NodeAddress localAddress();

    /** Sets who is told of connections and frames; called once, before anything else. */
    void listen(EndpointListener listener);

    /**
     * Opens a connection. Where a live one to {@code remote} exists it is returned instead. Of two live connections
     * between the same two endpoints, the one dialled by the lower address survives.
     */
    void dial(NodeAddress remote, DialListener listener);

    /**
     * Sends a frame on its own stream: frames of one connection do not wait for each other and may overtake each other.
     *
     * @param listener told of the acknowledgement or its absence, which is 1 s and 1 ms per KiB after the frame has left;
     *     null when the sender does not care
     */
    void send(Connection connection, Frame frame, @Nullable SendListener listener);

    /** Ends a connection; the other end learns the reason as {@link CloseReason#REMOTE}. Does nothing when closed. */
    void close(Connection connection, CloseReason reason);

    /**
     * Tells the endpoint which peer {@code connection} belongs to. In the system studied this scans all connections under
     * the endpoint's lock, which the packet driver takes as well.
     *
     * @param then called once when it is done, also when the connection has ended meanwhile: whoever waits may hold a lock
     */
    void register(Connection connection, PeerId peer, Runnable then);

    /** Connections in the endpoint's table, living or not. */
    int openConnections();

    /**
     * Leaves the network.
     *
     * @param abrupt true: as a killed process does, without a word to anyone; false: every connection is closed first
     */
    void shutdown(boolean abrupt);
}
