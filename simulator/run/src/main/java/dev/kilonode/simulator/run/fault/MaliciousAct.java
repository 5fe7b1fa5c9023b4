package dev.kilonode.simulator.run.fault;

import java.util.Locale;

/** The acts of malicious peers. */
public enum MaliciousAct {
    /** A frame of random bytes over a connection with a valid handshake. */
    GARBAGE_FRAME,
    /** Random bytes to a socket: a datagram, or a connection that starts with them. */
    GARBAGE_BYTES,
    /** A connection whose handshake is never completed. */
    HALF_OPEN,
    /** A request whose reply the peer never reads. */
    REQUEST,
    /** No act: the peer has reached its limit of open connections. */
    NOTHING;

    /** The label used in metrics, such as {@code garbage-frame}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
