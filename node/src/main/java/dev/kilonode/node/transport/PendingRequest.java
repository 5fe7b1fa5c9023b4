package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.Message;
import org.jspecify.annotations.Nullable;

/** A request that waits for its end; its places in the table and in a deadline ring are part of it. */
abstract class PendingRequest {

    final PeerId peer;
    final Message request;

    // Owned by the deadline ring that it is in.
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
