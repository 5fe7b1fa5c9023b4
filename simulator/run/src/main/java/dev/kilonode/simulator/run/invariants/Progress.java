package dev.kilonode.simulator.run.invariants;

/** For how long something has not moved on, seen at looks. Time in which it was excused does not count. */
final class Progress {

    private long mark;
    private long lastNanos;
    private long standingNanos;

    /**
     * @param position a number that changes with each step forward
     * @param idle whether there is nothing to do, or the time since the last look is excused
     * @return for how long the position has been the same, in nanoseconds
     */
    long seen(long nowNanos, long position, boolean idle) {
        if (position != mark) standingNanos = 0;
        else if (!idle) standingNanos += nowNanos - lastNanos;
        mark = position;
        lastNanos = nowNanos;
        return standingNanos;
    }
}
