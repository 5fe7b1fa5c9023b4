package dev.kilonode.simulator.scenario;

import dev.kilonode.metrics.Metric;

/**
 * The limit of a check as a number in the units of results: milliseconds, a ratio in [0, 1], bytes, or plain; rates per second. For a
 * trend it is the relative change, 0.1 for 10 % more.
 */
public final class CheckLimit {
    private CheckLimit() {}

    /** @throws IllegalArgumentException if the limit's unit is not that of the metric; says what to write */
    public static double of(Check check, Metric metric) {
        String limit = check.limit().strip();
        if (check.over().equals("trend")) return change(limit);
        if (check.stat().equals("ratio")) return Units.ratio(limit).value();
        if (check.stat().equals("rate")) {
            return Units.frequency(limit).perSecond();
        }
        boolean samples = check.stat().equals("count") && !metric.isCounter();
        if (samples) return plain(limit);
        return switch (metric.unit()) {
            case MILLISECONDS -> Units.duration(limit).toNanos() / 1e6;
            case BYTES, BYTES_PER_SECOND -> Units.bytes(limit).count();
            case RATIO -> Units.ratio(limit).value();
            case COUNT, TIMES -> plain(limit);
        };
    }

    private static double change(String limit) {
        if (limit.matches("-?[0-9]{1,6}(\\.[0-9]{1,6})?%"))
            return Double.parseDouble(limit.substring(0, limit.length() - 1)) / 100;
        throw new IllegalArgumentException(
                "got \"" + limit + "\", expected a change from the beginning to the end of the run; write 10%");
    }

    private static double plain(String limit) {
        if (limit.matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) return Double.parseDouble(limit);
        throw new IllegalArgumentException("got \"" + limit + "\", expected a number; write 1000, without a unit");
    }
}
