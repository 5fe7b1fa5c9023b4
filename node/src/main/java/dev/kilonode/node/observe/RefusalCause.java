package dev.kilonode.node.observe;

/** Why a node refused an inbound message after reading it. */
public enum RefusalCause {
    MALFORMED,
    OVERSIZE,
    BAD_SIGNATURE,
    /** The sender's id is not the hash of its key. */
    WRONG_SENDER,
    /** Its time stamp is before the replay window. */
    REPLAYED,
    /** Its time stamp is too far in the future. */
    FROM_THE_FUTURE;

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
