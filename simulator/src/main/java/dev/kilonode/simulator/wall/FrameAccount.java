package dev.kilonode.simulator.wall;

/**
 * What became of the frames that nodes wanted sent. On the node thread. Holds: sent == passed + lost + delayed; what the link
 * does with those passed is in its own accounts.
 */
final class FrameAccount {

    long sent;
    long passed;
    long lost;
    long delayed;

    boolean balanced() {
        return delayed >= 0 && sent == passed + lost + delayed;
    }

    @Override
    public String toString() {
        return sent + " sent = " + passed + " passed to the link + " + lost + " lost + " + delayed + " delayed";
    }
}
