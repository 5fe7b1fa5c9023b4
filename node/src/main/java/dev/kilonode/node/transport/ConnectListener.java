package dev.kilonode.node.transport;

import org.jspecify.annotations.Nullable;

/** Gets the result of an attempt to connect to a peer, once. */
public interface ConnectListener {

    /**
     * @param failure null if the peer is connected and identified
     * @param dialNanos time spent dialling
     * @param identityNanos time spent waiting for the peer's identity
     */
    void connectEnded(@Nullable RequestFailure failure, long dialNanos, long identityNanos);
}
