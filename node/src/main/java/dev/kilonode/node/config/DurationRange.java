package dev.kilonode.node.config;

import java.time.Duration;

/** A span drawn uniformly between two ends; written {@code {min: 5m, max: 10m}} in a scenario. */
public record DurationRange(
        @Setting("shortest") Duration min,
        @Setting("longest") Duration max) {
    public DurationRange {
        if (min.isNegative() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("got " + min + " to " + max + ", expected 0 <= min <= max");
        }
    }

    /** A draw in nanoseconds. */
    public long drawNanos(java.util.random.RandomGenerator random) {
        long from = min.toNanos();
        return from + (long) (random.nextDouble() * (max.toNanos() - from));
    }
}
