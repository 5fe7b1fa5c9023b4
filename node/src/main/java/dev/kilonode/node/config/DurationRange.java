package dev.kilonode.node.config;

import java.math.BigDecimal;
import java.time.Duration;

/** A span drawn uniformly between two ends; written {@code {min: 5m, max: 10m}} in a scenario. */
public record DurationRange(
        @Setting("shortest") Duration min,
        @Setting("longest") Duration max) {
    public DurationRange {
        if (min.isNegative() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("got a min of " + seconds(min) + " and a max of " + seconds(max)
                    + ", expected 0s or more, and no min above its max; swap them");
        }
    }

    /** A draw in nanoseconds. */
    public long drawNanos(java.util.random.RandomGenerator random) {
        long from = min.toNanos();
        return from + (long) (random.nextDouble() * (max.toNanos() - from));
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
    }
}
