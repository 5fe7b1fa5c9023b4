package dev.kilonode.simulator.experiments.costs;

import java.util.Arrays;

/**
 * Distribution of an operation's time. The median is used, because other load on the machine makes some runs long and none short.
 *
 * @param samples number of samples
 * @param lowNanos 5th percentile
 * @param medianNanos median
 * @param highNanos 95th percentile
 */
public record Timing(int samples, long lowNanos, long medianNanos, long highNanos) {

    static Timing of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new Timing(sorted.length, sorted[last / 20], sorted[sorted.length / 2], sorted[last - last / 20]);
    }

    /** Additional time per KiB, from the times for two lengths. */
    static Timing perKib(Timing small, Timing large, int kib) {
        long median = Math.max(0, (large.medianNanos - small.medianNanos) / kib);
        return new Timing(
                Math.min(small.samples, large.samples),
                Math.max(0, Math.min(median, (large.lowNanos - small.highNanos) / kib)),
                median,
                Math.max(median, (large.highNanos - small.lowNanos) / kib));
    }
}
