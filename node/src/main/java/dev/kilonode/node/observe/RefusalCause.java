package dev.kilonode.node.observe;

/** Why an inbound message was read and not believed. */
public enum RefusalCause {
    MALFORMED,
    OVERSIZE,
    BAD_SIGNATURE,
    /** The sender's id is not the hash of its key. */
    WRONG_SENDER,
    /** Its time stamp is older than the replay window. */
    REPLAYED,
    /** Its time stamp lies too far ahead. */
    FROM_THE_FUTURE;

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
