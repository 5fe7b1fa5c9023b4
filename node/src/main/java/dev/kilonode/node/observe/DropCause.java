package dev.kilonode.node.observe;

/** Why an inbound message was lost inside a node. */
public enum DropCause {
    /** The queue between connection readers and the dispatcher was full. */
    RECEIVE_QUEUE_FULL,
    /** The shard's queue was full: the failure under study. */
    SHARD_FULL,
    /** A handler fell behind its event queue and lost the oldest event. */
    HANDLER_LAGGED,
    /** It arrived on an accepted connection that is not read, or that ended before it was read. */
    UNREAD,
    /** The node shut down while the message was in a queue. */
    SHUT_DOWN;

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
