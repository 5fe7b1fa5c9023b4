package dev.kilonode.node.link;

/** Why a dial failed. */
public enum DialFailure {
    /** Nothing answered within the connect time-out. */
    TIMEOUT,
    /** The remote host refused: rate limit, or nobody listens. */
    REFUSED,
    /** This endpoint is shut down. */
    CLOSED
}
