package dev.kilonode.simulator.metrics;

import org.HdrHistogram.Histogram;

/** One number said of a histogram or a count. */
final class Statistic {

    private Statistic() {}

    /** @return the statistic in the metric's exported unit; NaN when there is no value to speak of */
    static double of(Histogram histogram, String stat, double steps) {
        if (stat.equals("count")) return histogram.getTotalCount();
        if (histogram.getTotalCount() == 0) return Double.NaN;
        double inSteps = switch (stat) {
            case "min" -> histogram.getMinValue();
            case "mean" -> histogram.getMean();
            case "max" -> histogram.getMaxValue();
            case "p50" -> histogram.getValueAtPercentile(50);
            case "p95" -> histogram.getValueAtPercentile(95);
            case "p99" -> histogram.getValueAtPercentile(99);
            default -> throw new IllegalArgumentException("no statistic '" + stat + "' of a distribution");
        };
        return inSteps / steps;
    }
}
