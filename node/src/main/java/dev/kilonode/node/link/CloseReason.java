package dev.kilonode.node.link;

/** Why a connection ended, as this end knows it. */
public enum CloseReason {
    /** This end closed it. */
    LOCAL,
    /** The other end said that it closes. */
    REMOTE,
    /** Nothing heard for the idle time-out. */
    IDLE,
    /** A newer connection between the same two endpoints took its place. */
    SUPERSEDED,
    /** This end's identity wait ran out. */
    IDENTITY_TIMEOUT,
    /** The peer broke the protocol: oversize frame, wrong signature. */
    PROTOCOL_ERROR
}
