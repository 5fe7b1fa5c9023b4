package dev.kilonode.reports.run;

import org.jspecify.annotations.Nullable;

/**
 * A worker in {@code manifest.json}: one of the processes that ran the nodes of a run.
 *
 * @param number its number, from 0; the label {@code worker} of its metrics
 * @param machine name of its machine
 * @param pid its process on that machine
 * @param jvm name and version of its JVM
 * @param processors processors available to it
 * @param maxHeapBytes limit of its heap
 * @param nodes nodes that it ran
 * @param hosts hosts of these nodes
 * @param addresses addresses of these hosts in CIDR notation; null if they are loopback addresses
 * @param clockOffsetMs its system clock less the coordinator's, measured before the run
 * @param clockErrorMs half the round trip of that measurement
 * @param lostAtMs when it was lost, ms since the start of the run; null if it stayed to the end
 * @param lostWhy why it was lost; null if it stayed
 */
public record WorkerRow(
        int number,
        String machine,
        long pid,
        String jvm,
        int processors,
        long maxHeapBytes,
        int nodes,
        int hosts,
        @Nullable String addresses,
        double clockOffsetMs,
        double clockErrorMs,
        @Nullable Long lostAtMs,
        @Nullable String lostWhy) {

    /** The same worker, lost. */
    public WorkerRow lost(long atMs, String why) {
        return new WorkerRow(
                number,
                machine,
                pid,
                jvm,
                processors,
                maxHeapBytes,
                nodes,
                hosts,
                addresses,
                clockOffsetMs,
                clockErrorMs,
                atMs,
                why);
    }
}
