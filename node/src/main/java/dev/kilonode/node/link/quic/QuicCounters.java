package dev.kilonode.node.link.quic;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of one QUIC endpoint, in addition to those of its frames. Any thread. */
public final class QuicCounters {

    final AtomicLong garbageDatagrams = new AtomicLong();
    final AtomicLong socketErrors = new AtomicLong();
    final AtomicLong handshakesBegun = new AtomicLong();
    final AtomicLong handshakesRefused = new AtomicLong();
    final AtomicLong handshakesFailed = new AtomicLong();
    final AtomicLong protocolErrors = new AtomicLong();
    final AtomicLong framesCutShort = new AtomicLong();
    final AtomicLong sendsCutOff = new AtomicLong();

    QuicCounters() {}

    /**
     * Datagrams that are not QUIC: too short, or of an unknown version. Other garbage costs a look-up of its connection id and is
     * not counted.
     */
    public long garbageDatagrams() {
        return garbageDatagrams.get();
    }

    /** Errors that the operating system reports for the UDP socket. */
    public long socketErrors() {
        return socketErrors.get();
    }

    /** Handshakes that remote endpoints began. */
    public long handshakesBegun() {
        return handshakesBegun.get();
    }

    /** The part of {@link #handshakesBegun} that was refused because too many were in progress. */
    public long handshakesRefused() {
        return handshakesRefused.get();
    }

    /** The part of {@link #handshakesBegun} that failed for any other reason: no identity, too slow, closed. */
    public long handshakesFailed() {
        return handshakesFailed.get();
    }

    /** Connections that ended because the remote end violated the protocol. */
    public long protocolErrors() {
        return protocolErrors.get();
    }

    /** Frames that their sender gave up before the end. */
    public long framesCutShort() {
        return framesCutShort.get();
    }

    /** Connections closed because they had more to send at once than flow control permits: see {@link SendLimit}. */
    public long sendsCutOff() {
        return sendsCutOff.get();
    }
}
