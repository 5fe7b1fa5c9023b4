package dev.kilonode.node.link;

/** Why a connection ended, from the view of this end. */
public enum CloseReason {
    /** This end closed it. */
    LOCAL,
    /** The remote end closed it or vanished. */
    REMOTE,
    /** Nothing arrived within the idle time-out. */
    IDLE,
    /** A newer connection between the same two endpoints replaced it. */
    SUPERSEDED,
    /** The peer did not identify itself in time. */
    IDENTITY_TIMEOUT,
    /** The peer violated the protocol: oversize frame, wrong signature. */
    PROTOCOL_ERROR
}
