package dev.kilonode.simulator.run;

/**
 * Progress of a run.
 *
 * @param virtualNanos time on the run's own clock, since its start
 * @param durationNanos planned duration on that clock
 * @param wallNanos real time since the start
 * @param messagesDelivered total since the start, as all counts here
 * @param lastUploadP50Ms median of the uploads of the last window; NaN if there were none
 * @param lastUploadP95Ms 95th percentile likewise
 * @param checks one line on the checks, such as {@code 3 ok, 1 failing: uploads-stay-fast}; empty if there are none
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

    /** Estimated real seconds left at the pace so far; -1 if there is no estimate yet. */
    public long etaSeconds() {
        if (virtualNanos <= 0) return -1;
        return (long) ((double) wallNanos / virtualNanos * Math.max(0, durationNanos - virtualNanos) / 1e9);
    }

    /** Seconds of the run's clock per real second. */
    public double speed() {
        return wallNanos <= 0 ? 0 : (double) virtualNanos / wallNanos;
    }
}
