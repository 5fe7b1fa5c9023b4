package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.FrameCounters;

/**
 * Sums of the frame counters of endpoints.
 *
 * @param offered frames that nodes asked to send
 * @param left frames passed to the operating system, or to the remote queue
 * @param dropped frames that failed before they left
 * @param unacknowledged frames that failed after they left
 * @param refused frames for which the send queue had no room
 * @param sentOnClosed frames sent on a closed connection
 * @param neverLeftInTime frames whose time to leave ended
 * @param notAcknowledgedInTime frames that left, and whose time for the acknowledgement ended
 * @param connectionEnded frames that failed because their connection ended
 * @param abandoned frames that failed because their sender was killed
 * @param read complete frames read
 */
record LinkFrames(
        long offered,
        long left,
        long dropped,
        long unacknowledged,
        long refused,
        long sentOnClosed,
        long neverLeftInTime,
        long notAcknowledgedInTime,
        long connectionEnded,
        long abandoned,
        long read) {

    static final LinkFrames ZERO = new LinkFrames(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    LinkFrames plus(FrameCounters more) {
        // read before the frames offered, so that no more has left or been dropped than was offered
        long leftNow = more.left();
        long droppedNow = more.dropped();
        return new LinkFrames(
                offered + more.offered(),
                left + leftNow,
                dropped + droppedNow,
                unacknowledged + more.unacknowledged(),
                refused + more.refused(),
                sentOnClosed + more.sentOnClosed(),
                neverLeftInTime + more.neverLeftInTime(),
                notAcknowledgedInTime + more.notAcknowledgedInTime(),
                connectionEnded + more.connectionEnded(),
                abandoned + more.abandoned(),
                read + more.read());
    }

    /** Exact while the loops of all nodes are paused, as everything but {@code left} and {@code read} is counted on them. */
    boolean invariantsHold() {
        return offered >= left + dropped
                && dropped + unacknowledged
                        == refused
                                + sentOnClosed
                                + neverLeftInTime
                                + notAcknowledgedInTime
                                + connectionEnded
                                + abandoned;
    }

    @Override
    public String toString() {
        return offered + " offered to links = " + left + " left + " + dropped + " dropped + "
                + (offered - left - dropped) + " waiting; " + (dropped + unacknowledged) + " failed = " + refused
                + " refused by full queues + " + sentOnClosed + " sent on a closed connection + " + neverLeftInTime
                + " never left + " + notAcknowledgedInTime + " unacknowledged + " + connectionEnded
                + " ended with their connection + " + abandoned + " of a killed sender";
    }
}
