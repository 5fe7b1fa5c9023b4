package dev.kilonode.simulator.scenario;

import java.util.List;
import java.util.Set;

/**
 * What a check needs to know of a metric.
 *
 * @param labels names of its labels, such as {@code cause}
 * @param ratioOf what its {@code ratio} is a share of, in words; empty when it has none
 */
public record MetricShape(String name, Kind kind, Unit unit, Set<String> labels, String ratioOf) {
    /** How a metric adds up. */
    public enum Kind {
        /** Events: they have a count and a rate. */
        COUNTER,
        /** A level, sampled. */
        GAUGE,
        /** Single durations, kept in a histogram. */
        LATENCY
    }

    /** What its values are; results hold milliseconds, bytes, and ratios in [0, 1]. */
    public enum Unit {
        NUMBER,
        MILLIS,
        BYTES,
        RATIO
    }

    /** The statistics a check may ask for. */
    public List<String> stats() {
        if (kind != Kind.COUNTER) return List.of("count", "min", "mean", "max", "p50", "p95", "p99");
        return ratioOf.isEmpty() ? List.of("count", "rate") : List.of("count", "rate", "ratio");
    }
}
