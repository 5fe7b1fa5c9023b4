package dev.kilonode.node.transport;

import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended: with a reply or with a failure, never both. Spans in nanoseconds, 0 for stages it did not need or
 * reach.
 *
 * @param dialNanos time spent dialling
 * @param identityNanos time spent waiting for the peer's identity
 * @param replyNanos from when the request's frame was handed to the endpoint until the reply, or until it was given up
 */
public record RequestResult(
        PeerRecord peer,
        @Nullable Message reply,
        @Nullable RequestFailure failure,
        long dialNanos,
        long identityNanos,
        long replyNanos) {}
