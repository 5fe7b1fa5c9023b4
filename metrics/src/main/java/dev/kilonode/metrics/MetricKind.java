package dev.kilonode.metrics;

import java.util.List;

/** How the values of a metric are aggregated. */
public enum MetricKind {
    /** Counts events. */
    COUNTER("count", "rate"),
    /** Keeps durations or sampled values in a histogram. */
    DISTRIBUTION("count", "min", "mean", "max", "p50", "p95", "p99");

    private final List<String> stats;

    MetricKind(String... stats) {
        this.stats = List.of(stats);
    }

    List<String> stats() {
        return stats;
    }
}
