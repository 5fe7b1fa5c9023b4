package dev.kilonode.node.link;

/** Gets the result of a dial, once. */
public interface DialListener {

    /** Called after {@link EndpointListener#connected} for the same connection. */
    void dialled(Connection connection);

    void dialFailed(DialFailure failure);
}
