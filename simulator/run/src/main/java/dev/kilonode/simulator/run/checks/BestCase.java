package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;

/**
 * The best value that a statistic over a range can still reach if only a share of the range was seen. The rest is assumed to have values
 * at the same rate, and as good as possible: zero events or values for an upper limit, arbitrarily many for a lower one.
 */
final class BestCase {

    private BestCase() {}

    /**
     * Whether the limit could still be met.
     *
     * @param seen values of the share that was seen
     * @param share in (0, 1]; 1 during the run, when values are taken as they are
     */
    static boolean holds(Rule rule, Aggregate seen, double share) {
        String stat = rule.stat();
        double value = seen.value(stat);
        return switch (rule.comparison()) {
            case AT_MOST, LESS -> rule.comparison().holds(least(seen, stat, value, share), rule.limit());
            case AT_LEAST, GREATER -> rule.comparison().holds(greatest(seen, stat, value, share), rule.limit());
            case EQUAL ->
                least(seen, stat, value, share) <= rule.limit() && greatest(seen, stat, value, share) >= rule.limit();
            case NOT_EQUAL -> true;
        };
    }

    private static double least(Aggregate seen, String stat, double value, double share) {
        return switch (stat) {
            case "count", "max" -> value; // these can no longer fall
            case "min" -> Double.NEGATIVE_INFINITY;
            case "rate", "ratio", "mean" -> value * share;
            default -> seen.quantile((quantile(stat) - (1 - share)) / share, 0);
        };
    }

    private static double greatest(Aggregate seen, String stat, double value, double share) {
        return switch (stat) {
            case "min" -> value;
            case "ratio" -> value * share + (1 - share);
            case "rate", "mean" -> share == 1 ? value : Double.POSITIVE_INFINITY;
            case "count", "max" -> Double.POSITIVE_INFINITY;
            default -> seen.quantile(quantile(stat) / share, Double.POSITIVE_INFINITY);
        };
    }

    /** The quantile of a statistic, such as 0.95 for {@code p95}. */
    private static double quantile(String stat) {
        return Integer.parseInt(stat.substring(1)) / 100.0;
    }
}
