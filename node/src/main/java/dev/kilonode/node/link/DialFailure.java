package dev.kilonode.node.link;

/** Why a dial did not end in a connection. */
public enum DialFailure {
    /** Nothing answered within the connect time-out. */
    TIMEOUT,
    /** The other end is up and refused: rate limit, or not listening. */
    REFUSED,
    /** This endpoint is shut down. */
    CLOSED
}
