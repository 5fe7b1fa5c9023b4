package dev.kilonode.node.link.base;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the frames of one endpoint. Invariants: {@code offered = left + dropped + waiting} for frames sent, and {@code read =
 * delivered + undelivered + waiting} for frames received. Any thread; exact when the endpoint is idle.
 */
public final class FrameCounters {

    final AtomicLong offered = new AtomicLong();
    final AtomicLong left = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong unacknowledged = new AtomicLong();
    final AtomicLong read = new AtomicLong();
    final AtomicLong delivered = new AtomicLong();
    final AtomicLong undelivered = new AtomicLong();
    final AtomicLong protocolErrors = new AtomicLong();
    final AtomicLong handshakesFailed = new AtomicLong();

    FrameCounters() {}

    /** Frames that the node asked to send. */
    public long offered() {
        return offered.get();
    }

    /** Frames that have left: passed to the operating system, or to the remote queue. */
    public long left() {
        return left.get();
    }

    /** Frames lost before they left: refused, timed out, or their connection ended. */
    public long dropped() {
        return dropped.get();
    }

    /** The part of {@link #dropped} that was refused because the send queue of the connection was full. */
    public long refused() {
        return refused.get();
    }

    /** Frames that left and were not acknowledged in time, or whose connection ended before the acknowledgement. */
    public long unacknowledged() {
        return unacknowledged.get();
    }

    /** Complete frames read. */
    public long read() {
        return read.get();
    }

    /** Frames passed to the node. */
    public long delivered() {
        return delivered.get();
    }

    /** Frames read whose connection ended before the node's thread took them. */
    public long undelivered() {
        return undelivered.get();
    }

    /** Connections that ended because the remote endpoint violated the protocol, during the handshake or later. */
    public long protocolErrors() {
        return protocolErrors.get();
    }

    /** Counts a protocol violation during a handshake, where no connection exists that could report it. */
    public void countHandshakeProtocolError() {
        protocolErrors.incrementAndGet();
    }

    /** Accepted sockets that were closed before the handshake was complete, by either end. */
    public long handshakesFailed() {
        return handshakesFailed.get();
    }

    /** Counts an accepted socket that was closed before the handshake was complete. */
    public void countFailedHandshake() {
        handshakesFailed.incrementAndGet();
    }

    /** Frames that wait to leave. */
    public long waiting() {
        return offered.get() - left.get() - dropped.get();
    }

    /** Frames that wait for the node's thread. */
    public long waitingForNode() {
        return read.get() - delivered.get() - undelivered.get();
    }
}
