package dev.kilonode.simulator.run;

/**
 * How far a run is.
 *
 * @param virtualNanos the run's own clock, since its start
 * @param durationNanos where that clock will end
 * @param wallNanos real time since the start
 * @param messagesDelivered totals, as all counts here
 * @param lastUploadP50Ms median of the uploads of the last window; NaN when there were none
 * @param lastUploadP95Ms likewise
 * @param checks one line on the checks, such as {@code 3 ok, 1 failing: uploads-stay-fast}; empty when there are none
 */
public record ProgressReport(
        long virtualNanos,
        long durationNanos,
        long wallNanos,
        int nodesUp,
        long messagesDelivered,
        long drops,
        long identityTimeouts,
        long uploadsRunning,
        long uploadsSucceeded,
        long uploadsFailed,
        double lastUploadP50Ms,
        double lastUploadP95Ms,
        String checks) {

    /** Share done, in [0, 1]. */
    public double done() {
        return durationNanos <= 0 ? 1 : Math.min(1, Math.max(0, (double) virtualNanos / durationNanos));
    }

    /** Real seconds to go at the pace so far; -1 when there is no telling yet. */
    public long etaSeconds() {
        if (virtualNanos <= 0) return -1;
        return (long) ((double) wallNanos / virtualNanos * Math.max(0, durationNanos - virtualNanos) / 1e9);
    }

    /** Seconds of the run's clock for each real second. */
    public double speed() {
        return wallNanos <= 0 ? 0 : (double) virtualNanos / wallNanos;
    }
}
