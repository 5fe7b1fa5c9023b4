package dev.kilonode.simulator.experiments.costs;

import java.util.Arrays;

/**
 * How long an operation takes. The median, because a machine that does other things as well makes some runs long and none short.
 *
 * @param samples how many there were
 * @param lowNanos 5 % took less
 * @param medianNanos half took less
 * @param highNanos 5 % took more
 */
public record Timing(int samples, long lowNanos, long medianNanos, long highNanos) {

    static Timing of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new Timing(sorted.length, sorted[last / 20], sorted[sorted.length / 2], sorted[last - last / 20]);
    }

    /** What each KiB adds, from the times for two lengths. */
    static Timing perKib(Timing small, Timing large, int kib) {
        long median = Math.max(0, (large.medianNanos - small.medianNanos) / kib);
        return new Timing(
                Math.min(small.samples, large.samples),
                Math.max(0, Math.min(median, (large.lowNanos - small.highNanos) / kib)),
                median,
                Math.max(median, (large.highNanos - small.lowNanos) / kib));
    }
}
