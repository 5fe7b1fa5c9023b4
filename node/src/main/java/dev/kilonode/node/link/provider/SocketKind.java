package dev.kilonode.node.link.provider;

/** The kind of socket that the endpoints of a link listen at. */
public enum SocketKind {
    /** No sockets: frames stay in the process. */
    NONE,
    /** A listening TCP socket for each node, and a socket at both ends of each connection. */
    TCP,
    /** A UDP socket for each node. */
    UDP
}
