package dev.kilonode.simulator.run.harness;

/**
 * How far a run has come.
 *
 * @param virtualNanos time on the run's clock
 * @param durationNanos time at which it ends
 * @param uploadP50Ms median latency of the uploads that ended in the last window that had any, NaN before the first
 * @param uploadP95Ms likewise
 * @param checks how the checks stand, in one line; empty when there are none or before the first window
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
