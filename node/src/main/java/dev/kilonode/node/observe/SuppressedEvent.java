package dev.kilonode.node.observe;

import java.util.Locale;

/** Why the event of a connection that came up was suppressed. */
public enum SuppressedEvent {
    /** The last connection with this address died of silence: this one, accepted, is never read. */
    ACCEPTED_UNREAD,
    /** The same; this one was dialled, and is not announced on. */
    DIALLED_UNANNOUNCED,
    /** The accept loop has just marked the address itself; another path tells of the connection. */
    MARKED_AT_ACCEPT;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
