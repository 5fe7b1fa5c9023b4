package dev.kilonode.node.transport;

/** Why a request ended without a reply. */
public enum RequestFailure {
    DIAL_FAILED,
    IDENTITY_TIMED_OUT,
    /** Another peer than the expected one answered at that address. */
    WRONG_PEER,
    SEND_FAILED,
    REPLY_TIMED_OUT,
    /** This node has too many requests outstanding. */
    TOO_MANY_REQUESTS,
    SHUT_DOWN;

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
