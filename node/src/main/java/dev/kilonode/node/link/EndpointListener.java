package dev.kilonode.node.link;

/** Gets the events of an endpoint. */
public interface EndpointListener {

    /** A connection is established, dialled or accepted. */
    void connected(Connection connection);

    /** A complete frame has been read from {@code connection}. */
    void received(Connection connection, Frame frame);

    /** A connection has ended. Called once for each established connection, except superseded ones. */
    void closed(Connection connection, CloseReason reason);
}
