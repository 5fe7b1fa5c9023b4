package dev.kilonode.node.transport;

import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Result of a request: a reply or a failure, never both. Spans in nanoseconds, 0 for stages that were not needed or not reached.
 *
 * @param dialNanos time spent dialling
 * @param identityNanos time spent waiting for the peer's identity
 * @param replyNanos from when the request's frame was passed to the endpoint until the reply or the failure
 */
public record RequestResult(
        PeerRecord peer,
        @Nullable Message reply,
        @Nullable RequestFailure failure,
        long dialNanos,
        long identityNanos,
        long replyNanos) {}
