package dev.kilonode.node.link.netty;

import java.util.concurrent.atomic.AtomicLong;

/** What one QUIC endpoint has refused and suffered, beside its account of frames. Any thread. */
public final class QuicCount {

    final AtomicLong garbageDatagrams = new AtomicLong();
    final AtomicLong socketErrors = new AtomicLong();
    final AtomicLong handshakesBegun = new AtomicLong();
    final AtomicLong handshakesRefused = new AtomicLong();
    final AtomicLong handshakesFailed = new AtomicLong();
    final AtomicLong protocolErrors = new AtomicLong();
    final AtomicLong framesCutShort = new AtomicLong();
    final AtomicLong sendsCutOff = new AtomicLong();

    QuicCount() {}

    /** Datagrams that cannot be QUIC's: too short, of another version or of none. Other garbage costs a look-up of its connection id, and is not counted. */
    public long garbageDatagrams() {
        return garbageDatagrams.get();
    }

    /** Complaints of the operating system about the UDP socket. */
    public long socketErrors() {
        return socketErrors.get();
    }

    /** Connections that others began to dial here. */
    public long handshakesBegun() {
        return handshakesBegun.get();
    }

    /** Those of {@link #handshakesBegun} refused because too many were under way. */
    public long handshakesRefused() {
        return handshakesRefused.get();
    }

    /** Those of {@link #handshakesBegun} that led to no connection for any other reason: no identity, too slow, ended. */
    public long handshakesFailed() {
        return handshakesFailed.get();
    }

    /** Connections ended because the other end broke the protocol. */
    public long protocolErrors() {
        return protocolErrors.get();
    }

    /** Frames that their sender gave up half way. */
    public long framesCutShort() {
        return framesCutShort.get();
    }

    /** Connections ended because they had more to send at once than any can have: see {@link SendLimit}. */
    public long sendsCutOff() {
        return sendsCutOff.get();
    }
}
