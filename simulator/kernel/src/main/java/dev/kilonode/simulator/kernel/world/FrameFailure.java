package dev.kilonode.simulator.kernel.world;

import java.util.Locale;

/**
 * Why a frame was lost, or why its sender gave it up. The two differ: a frame that a sender has given up may still arrive. The causes up to
 * {@link #NODE_STOPPED} are those of a loss; a sender may give a frame up for each of them.
 */
public enum FrameFailure {
    /** The send queue of its connection was full. In wall time only. */
    QUEUE_FULL,
    /** It had not left when the time for that ended. In wall time only. */
    NEVER_LEFT,
    /** It left and was not acknowledged in time, of which an endpoint in wall time cannot know the cause. */
    UNACKNOWLEDGED,
    /** Its sender had closed the connection before. */
    CONNECTION_CLOSED,
    /** The other end of the connection was gone without a close. */
    PEER_GONE,
    /** Its sender or its receiver was cut off from the other hosts. */
    CUT_OFF,
    /** The connection ended while the frame was on its way. */
    CLOSED_IN_TRANSIT,
    /** Its sender or its receiver stopped while the frame was on its way. */
    NODE_STOPPED,
    /** It was on the path between the two hosts when the patience of its sender ended. */
    ON_PATH,
    /** It waited for the receiver's downlink, or was passing it, when the patience of its sender ended. */
    ON_DOWNLINK,
    /** It arrived in time, its acknowledgement did not. */
    ACKNOWLEDGEMENT_LATE;

    /** The number of causes of a loss. */
    private static final int LOSSES = NODE_STOPPED.ordinal() + 1;

    /** Whether a frame can be lost for this cause; for the others only its sender gives it up. */
    public boolean isLoss() {
        return ordinal() < LOSSES;
    }

    /** The value of the label in results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
