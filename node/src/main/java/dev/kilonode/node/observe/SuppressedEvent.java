package dev.kilonode.node.observe;

import java.util.Locale;

/** Why the event of a new connection was suppressed. */
public enum SuppressedEvent {
    /** The last connection with this address ended by idle time-out. The new connection was accepted and is never read. */
    ACCEPTED_UNREAD,
    /** The last connection with this address ended by idle time-out. The new connection was dialled and sends no announce. */
    DIALLED_UNANNOUNCED,
    /** The accept loop has just marked the address itself; another path reports the connection. */
    MARKED_AT_ACCEPT;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
