package dev.kilonode.simulator.wall;

/**
 * The outcomes of the frames that nodes asked to send. Used on the loop of these nodes. Invariant: sent == passed + cutOff + stopped +
 * delayed. The link itself counts the outcomes of the frames passed to it.
 */
final class FrameCounts {

    long sent;

    /** Of {@link #sent}, those to hosts of other processes. */
    long across;

    long passed;

    /** Lost because the host of the sender or of the receiver was cut off. */
    long cutOff;

    /** Lost because the sender was killed while the frame was delayed. */
    long stopped;

    long delayed;

    boolean invariantsHold() {
        return delayed >= 0 && sent == passed + cutOff + stopped + delayed;
    }

    void add(FrameCounts other) {
        sent += other.sent;
        across += other.across;
        passed += other.passed;
        cutOff += other.cutOff;
        stopped += other.stopped;
        delayed += other.delayed;
    }

    @Override
    public String toString() {
        return sent + " sent = " + passed + " passed to the link + " + cutOff + " cut off + " + stopped
                + " of a killed sender + " + delayed + " delayed";
    }
}
