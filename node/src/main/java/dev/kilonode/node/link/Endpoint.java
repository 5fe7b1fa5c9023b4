package dev.kilonode.node.link;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.NodeAddress;
import org.jspecify.annotations.Nullable;

/**
 * A node's socket side. All methods return at once and are called on the node's thread. Listeners are called on the same thread, never
 * from within the call that caused the event. One contract test, EndpointContract, runs against every implementation.
 */
public interface Endpoint {

    NodeAddress localAddress();

    /** Sets the listener for connections and frames; called once, before anything else. */
    void listen(EndpointListener listener);

    /**
     * Opens a connection, or returns the open one to {@code remote} if there is one. Of two open connections between the same two
     * endpoints, the one dialled from the lower address survives.
     */
    void dial(NodeAddress remote, DialListener listener);

    /**
     * Sends a frame independently of others: frames of one connection do not wait for each other and may overtake each other.
     *
     * @param listener gets the acknowledgement, or the failure 1 s and 1 ms per KiB after the frame has left; null for none
     */
    void send(Connection connection, Frame frame, @Nullable SendListener listener);

    /** Closes a connection; the remote end gets {@link CloseReason#REMOTE}. Does nothing if it is closed. */
    void close(Connection connection, CloseReason reason);

    /**
     * Registers which peer {@code connection} belongs to. In the system studied this scans all connections under the endpoint's lock, which
     * the packet driver takes as well.
     *
     * @param then called once when it is done, also if the connection has ended meanwhile: the caller may hold a lock
     */
    void register(Connection connection, PeerId peer, Runnable then);

    /** Connections in the endpoint's table, open or not. */
    int openConnections();

    /**
     * Leaves the network.
     *
     * @param abrupt true: like a killed process, without closing connections; false: closes every connection first
     */
    void shutdown(boolean abrupt);
}
