package dev.kilonode.simulator.run.harness;

/**
 * The progress of a run.
 *
 * @param virtualNanos time on the run's clock
 * @param durationNanos end of the run on that clock
 * @param uploadP50Ms median latency of the uploads that ended in the last window with any, NaN before the first
 * @param uploadP95Ms 95th percentile of the same uploads
 * @param checks state of the checks in one line; empty if there are none or before the first window
 */
public record RunProgress(
        long virtualNanos,
        long durationNanos,
        int nodesUp,
        long messagesDelivered,
        long drops,
        long identityTimeouts,
        int uploadsRunning,
        long uploadsSucceeded,
        long uploadsFailed,
        double uploadP50Ms,
        double uploadP95Ms,
        String checks) {}
