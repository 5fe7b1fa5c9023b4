package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.Message;
import org.jspecify.annotations.Nullable;

/** A request that has not ended, with its links in the request table and in a deadline ring. */
abstract class PendingRequest {

    final PeerId peer;
    final Message request;

    // Written by the deadline ring that holds the request.
    @Nullable
    DeadlineRing ring;

    @Nullable
    PendingRequest earlier;

    @Nullable
    PendingRequest later;

    long deadlineNanos;

    PendingRequest(PeerId peer, Message request) {
        this.peer = peer;
        this.request = request;
    }

    abstract void replied(Message reply);

    abstract void expired();

    abstract void shutDown();
}
