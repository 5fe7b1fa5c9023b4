package dev.kilonode.node.link;

/** What an endpoint tells its node. */
public interface EndpointListener {

    /** A connection is up, dialled or accepted. */
    void connected(Connection connection);

    /** A whole frame has been read from {@code connection}. */
    void received(Connection connection, Frame frame);

    /** A connection has ended; called once for each connection that was announced, except the superseded. */
    void closed(Connection connection, CloseReason reason);
}
