package dev.kilonode.simulator.run.fault;

import java.util.Locale;

/** What malicious peers do. */
public enum MaliciousAct {
    /** A frame of random bytes, over a connection whose handshake was in order. */
    GARBAGE_FRAME,
    /** Random bytes to a socket: a datagram, or a connection that begins with them. */
    GARBAGE_BYTES,
    /** A connection that is begun and never finished. */
    HALF_OPEN,
    /** A request whose reply is never read. */
    REQUEST,
    /** No act: the peer has too many of its own connections open. */
    NOTHING;

    /** The label used in metrics, such as {@code garbage-frame}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
