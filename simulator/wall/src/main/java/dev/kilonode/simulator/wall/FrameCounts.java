package dev.kilonode.simulator.wall;

/**
 * What became of the frames that nodes wanted sent. On its nodes' loop. Holds: sent == passed + lost + delayed; what the link
 * does with those passed is in its own accounts.
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
