package dev.kilonode.node.observe;

import java.util.Locale;

/** The outcome of an identity announce. */
public enum AnnounceOutcome {
    /** The transport of the other end has received it, whether or not the node reads it. */
    ACKNOWLEDGED,
    /** Not acknowledged in time: a zombie connection, or a connection closed meanwhile. */
    UNACKNOWLEDGED,
    /** Never sent: the connection closed first, the queue was full, or the node shut down. */
    NOT_SENT;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
