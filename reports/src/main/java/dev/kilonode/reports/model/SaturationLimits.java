package dev.kilonode.reports.model;

/** When the tester counts as saturated in a window of a run in wall time. */
public final class SaturationLimits {

    /** The busiest node loop was awake for more than this share of the window. */
    public static final double BUSY_SHARE = 0.95;

    /** The p95 of the lateness of a loop or a signing thread, in ms. */
    public static final double LATE_MS = 250;

    private SaturationLimits() {}

    /** Whether a tester with these values was saturated. */
    public static boolean isSaturated(double busyShare, double lateP95Ms) {
        return busyShare > BUSY_SHARE || lateP95Ms > LATE_MS;
    }
}
