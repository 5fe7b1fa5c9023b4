package dev.kilonode.node.transport;

/** Gets the result of a request, once. */
public interface RequestListener {
    void requestEnded(RequestResult exchange);
}
