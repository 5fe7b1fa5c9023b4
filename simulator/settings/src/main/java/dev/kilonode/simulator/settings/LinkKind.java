package dev.kilonode.simulator.settings;

/** Transport protocol between nodes in wall time. */
public enum LinkKind {
    /** Queues inside the process, without sockets. */
    MEMORY,
    /** TCP on loopback addresses. */
    TCP,
    /** TCP with TLS 1.3. */
    TLS,
    /** QUIC over UDP. */
    QUIC
}
