package dev.kilonode.node.link.real;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of the frames of one endpoint. Holds: {@code offered = left + dropped + waiting} for those sent, and {@code
 * read = delivered + undelivered + waiting} for those received. Any thread; exact when the endpoint is at rest.
 */
public final class LinkAccount {

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

    LinkAccount() {}

    /** Frames that the node wanted sent. */
    public long offered() {
        return offered.get();
    }

    /** Frames that have left: handed to the operating system, or to the other end's queue. */
    public long left() {
        return left.get();
    }

    /** Frames lost before they left: refused, too late, or their connection ended. */
    public long dropped() {
        return dropped.get();
    }

    /** Those of {@link #dropped} that found the connection's queue full. */
    public long refused() {
        return refused.get();
    }

    /** Frames that left and were not acknowledged in time, or whose connection ended first. */
    public long unacknowledged() {
        return unacknowledged.get();
    }

    /** Whole frames read. */
    public long read() {
        return read.get();
    }

    /** Frames given to the node. */
    public long delivered() {
        return delivered.get();
    }

    /** Frames read whose connection had ended before the node's thread came to them. */
    public long undelivered() {
        return undelivered.get();
    }

    /** Connections, up or not yet, that ended because the other end did not keep to the protocol. */
    public long protocolErrors() {
        return protocolErrors.get();
    }

    /** Somebody who is no connection yet has broken the protocol. */
    public void countStrangersError() {
        protocolErrors.incrementAndGet();
    }

    /** Strangers that ended, or were hung up on when a dial would have run out, before they had greeted. */
    public long handshakesFailed() {
        return handshakesFailed.get();
    }

    /** A stranger has ended without a greeting. */
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
