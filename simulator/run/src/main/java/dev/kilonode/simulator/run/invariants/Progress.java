package dev.kilonode.simulator.run.invariants;

/** For how long something has not moved on, seen at looks: between two looks at which it was busy in the same position. */
final class Progress {

    /** What there was to do at a look. */
    enum Activity {
        /** Nothing. */
        IDLE,
        /** Something, but a lack of progress is excused. */
        EXCUSED,
        BUSY
    }

    private long position;
    private Activity activity = Activity.IDLE;
    private long lastNanos;
    private long standingNanos;

    /**
     * @param position a number that changes with each step forward
     * @return for how long the position has been the same, in nanoseconds
     */
    long seen(long nowNanos, long position, Activity activity) {
        boolean same = position == this.position && activity != Activity.IDLE;
        if (!same) standingNanos = 0;
        else if (activity == Activity.BUSY && this.activity == Activity.BUSY) standingNanos += nowNanos - lastNanos;
        this.position = position;
        this.activity = activity;
        lastNanos = nowNanos;
        return standingNanos;
    }

    /** @param busy whether there is something to do */
    static Activity activity(boolean busy, boolean excused) {
        return !busy ? Activity.IDLE : excused ? Activity.EXCUSED : Activity.BUSY;
    }
}
