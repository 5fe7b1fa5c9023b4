package dev.kilonode.simulator.wall;

/**
 * The outcomes of the frames that nodes asked to send. Used on the loop of these nodes. Invariant: sent == passed + lost + delayed. The
 * link itself counts the outcomes of the frames passed to it.
 */
final class FrameCounts {

    long sent;
    long passed;
    long lost;
    long delayed;

    boolean invariantsHold() {
        return delayed >= 0 && sent == passed + lost + delayed;
    }

    void add(FrameCounts other) {
        sent += other.sent;
        passed += other.passed;
        lost += other.lost;
        delayed += other.delayed;
    }

    @Override
    public String toString() {
        return sent + " sent = " + passed + " passed to the link + " + lost + " lost + " + delayed + " delayed";
    }
}
