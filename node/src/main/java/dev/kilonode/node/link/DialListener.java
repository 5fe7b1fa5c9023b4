package dev.kilonode.node.link;

/** Told once how a dial ended. */
public interface DialListener {

    /** Called after {@link EndpointListener#connected} for the same connection. */
    void dialled(Connection connection);

    void dialFailed(DialFailure failure);
}
