package dev.kilonode.node.transport;

/** Told once how a request ended. */
public interface RequestListener {
    void requestEnded(RequestResult exchange);
}
