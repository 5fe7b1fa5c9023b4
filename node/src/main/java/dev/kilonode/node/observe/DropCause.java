package dev.kilonode.node.observe;

/** Why an inbound message was lost inside a node. */
public enum DropCause {
    /** The queue between connection readers and the dispatcher was full. */
    RECEIVE_QUEUE_FULL,
    /** The shard's queue was full: the failure studied. */
    SHARD_FULL,
    /** A handler fell behind its event queue and lost the oldest event. */
    HANDLER_LAGGED,
    /** It came on a connection that was accepted and is not read, or not before it ended. */
    UNREAD,
    /** The node was shut down with the message in a queue. */
    SHUT_DOWN;

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
