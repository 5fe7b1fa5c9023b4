package dev.kilonode.node.link.base;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the frames of one endpoint. Invariants: {@code offered = left + dropped + waiting} for frames sent, {@code read = delivered +
 * undelivered + waiting} for frames received, and {@code dropped + unacknowledged = refused + sentOnClosed + neverLeftInTime +
 * notAcknowledgedInTime + connectionEnded + abandoned} for frames that failed. Any thread; exact when the endpoint is idle.
 */
public final class FrameCounters {

    final AtomicLong offered = new AtomicLong();
    final AtomicLong left = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong unacknowledged = new AtomicLong();
    final AtomicLong sentOnClosed = new AtomicLong();
    private final AtomicLong neverLeftInTime = new AtomicLong();
    private final AtomicLong notAcknowledgedInTime = new AtomicLong();
    private final AtomicLong connectionEnded = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
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

    /** The part of {@link #dropped} whose connection was closed when the node sent it. */
    public long sentOnClosed() {
        return sentOnClosed.get();
    }

    /** The part of {@link #dropped} whose time to leave had ended. */
    public long neverLeftInTime() {
        return neverLeftInTime.get();
    }

    /** The part of {@link #unacknowledged} whose time for the acknowledgement had ended. */
    public long notAcknowledgedInTime() {
        return notAcknowledgedInTime.get();
    }

    /** Frames that failed because their connection ended, whether or not they had left. */
    public long connectionEnded() {
        return connectionEnded.get();
    }

    /** Frames that failed because the endpoint was shut down abruptly. */
    public long abandoned() {
        return abandoned.get();
    }

    /**
     * Counts a frame that has failed.
     *
     * @param left whether it had left
     * @param expired whether its time had ended; otherwise its connection has ended
     * @param silent whether the endpoint has been shut down abruptly
     */
    void countFailed(boolean left, boolean expired, boolean silent) {
        (left ? unacknowledged : dropped).incrementAndGet();
        if (expired) (left ? notAcknowledgedInTime : neverLeftInTime).incrementAndGet();
        else (silent ? abandoned : connectionEnded).incrementAndGet();
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
