package dev.kilonode.node.observe;

/** How a dialler's wait for the remote identity ended. */
public enum IdentityOutcome {
    IDENTIFIED,
    TIMED_OUT,
    /** The connection ended while it waited. */
    DISCONNECTED
}
