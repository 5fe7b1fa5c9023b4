package dev.kilonode.node.observe;

import java.util.Locale;

/** What became of an identity announce. */
public enum AnnounceOutcome {
    /** The other end's transport has it, whoever reads it. */
    ACKNOWLEDGED,
    /** Not acknowledged in time: a zombie, or a connection closed meanwhile. */
    UNACKNOWLEDGED,
    /** Never sent: the connection closed before its turn, too many waited, or the node shut down. */
    NOT_SENT;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
