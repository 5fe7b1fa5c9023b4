package dev.kilonode.node.transport;

import org.jspecify.annotations.Nullable;

/** Told once how an attempt to connect to a peer ended. */
public interface ConnectListener {

    /**
     * @param failure null when the peer is connected and identified
     * @param dialNanos time spent dialling
     * @param identityNanos time spent waiting for the peer's identity
     */
    void connectEnded(@Nullable RequestFailure failure, long dialNanos, long identityNanos);
}
