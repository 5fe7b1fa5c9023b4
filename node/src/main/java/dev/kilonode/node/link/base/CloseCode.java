package dev.kilonode.node.link.base;

/** Why an endpoint ends or refuses a connection, as sent to the remote endpoint. Ordinals go over the wire: append only. */
public enum CloseCode {
    /** The endpoint closes the connection. */
    CLOSED,
    /** Another connection between the two endpoints replaces this one. The end of this one is not reported to the node. */
    SUPERSEDED,
    /** The endpoint accepts no connection: it is shut down, or refuses by choice. */
    REFUSED
}
