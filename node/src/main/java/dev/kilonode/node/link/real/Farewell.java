package dev.kilonode.node.link.real;

/** What one end says to the other when it ends a connection, or declines one. The ordinal may travel: append only. */
public enum Farewell {
    /** It closes the connection. */
    CLOSED,
    /** Another connection between the two endpoints has taken this one's place; nobody is told of its end. */
    SUPERSEDED,
    /** It accepts no connection: it is shut down, or refuses by choice. */
    REFUSED
}
