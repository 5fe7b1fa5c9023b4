package dev.kilonode.metrics;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The events or values of one metric over some series and a time range. Aggregates can be merged, so that a percentile of a long time is
 * the percentile of all its values, not a mean of percentiles. Percentiles come from a histogram with a precision of 1 %, and are limited
 * to the range from minimum to maximum. Minimum, mean and maximum are exact. The class is used for running and for recorded runs.
 */
public final class Aggregate {

    private final Metric metric;
    private final @Nullable Histogram values;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    /** A whole number of the unit's resolution. */
    private double sum;

    private long count;
    private long whole;
    private int series;
    private double seconds;

    /** An empty aggregate. */
    public Aggregate(Metric metric) {
        this.metric = metric;
        this.values = metric.isCounter() ? null : new Histogram(WindowedHistogram.DIGITS);
    }

    /** Adds events of one series. */
    public Aggregate addCount(long events) {
        count += events;
        series++;
        return this;
    }

    /** Adds events of the counter that is the denominator of {@code ratio}. */
    public Aggregate addWhole(long events) {
        whole += events;
        return this;
    }

    /**
     * Adds values of one series.
     *
     * @param more at least one value, in steps of the metric's unit
     * @param min the least of them, in the metric's exported unit, as are {@code mean} and {@code max}; in {@code windows.csv} these are
     *     the values of a window
     */
    public Aggregate addValues(Histogram more, double min, double mean, double max) {
        if (values == null) throw new IllegalArgumentException(metric.id() + " is a counter and has no values");
        values.add(more);
        sum += Math.rint(mean * metric.unit().resolution() * more.getTotalCount());
        least = Math.min(least, min);
        greatest = Math.max(greatest, max);
        series++;
        return this;
    }

    /** Adds a series without values. */
    public Aggregate addNothing() {
        series++;
        return this;
    }

    /** Extends the covered time by {@code moreSeconds}. */
    public Aggregate lasting(double moreSeconds) {
        seconds += moreSeconds;
        return this;
    }

    /** Merges an aggregate of the same series over an adjacent time range. */
    public void add(Aggregate other) {
        count += other.count;
        whole += other.whole;
        seconds += other.seconds;
        series = Math.max(series, other.series);
        sum += other.sum;
        if (values != null && other.values != null) values.add(other.values);
        include(other);
    }

    /**
     * Removes an aggregate that was merged.
     *
     * @param rest all other aggregates that were merged
     */
    public void subtract(Aggregate other, Iterable<Aggregate> rest) {
        count -= other.count;
        whole -= other.whole;
        seconds -= other.seconds;
        sum -= other.sum;
        if (values == null || other.values == null) return;
        values.subtract(other.values);
        if (other.least > least && other.greatest < greatest) return;
        least = Double.POSITIVE_INFINITY;
        greatest = Double.NEGATIVE_INFINITY;
        for (Aggregate one : rest) include(one);
    }

    private void include(Aggregate other) {
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
    }

    /** Whether any series was added, that is, whether a series matches the labels. */
    public boolean exists() {
        return series > 0;
    }

    /** The sample size of a statistic: events of the denominator for a ratio, otherwise events or values. */
    public long samples() {
        if (values != null) return values.getTotalCount();
        return metric.whole() == null ? count : whole;
    }

    /**
     * A statistic.
     *
     * @return the value in the metric's exported unit; NaN if there are no values
     */
    public double value(String stat) {
        return values == null ? ofEvents(stat) : ofValues(values, stat);
    }

    private double ofEvents(String stat) {
        return switch (stat) {
            case "count" -> count;
            case "rate" -> seconds > 0 ? count / seconds : Double.NaN;
            case "ratio" -> whole == 0 ? Double.NaN : Math.min(1, (double) count / whole);
            default -> throw new IllegalArgumentException("no statistic '" + stat + "' of the counter " + metric.id());
        };
    }

    /**
     * A quantile.
     *
     * @param share the share of values below it; outside of (0, 1] the quantile is undefined
     * @param outside result for an undefined quantile
     * @return the quantile in the metric's exported unit
     */
    public double quantile(double share, double outside) {
        if (values == null) throw new IllegalArgumentException(metric.id() + " is a counter and has no values");
        if (share <= 0 || share > 1) return outside;
        return percentile(values, 100 * share);
    }

    private double ofValues(Histogram of, String stat) {
        if (stat.equals("count")) return of.getTotalCount();
        if (of.getTotalCount() == 0) return Double.NaN;
        return switch (stat) {
            case "min" -> least;
            case "mean" -> within(sum / of.getTotalCount() / metric.unit().resolution());
            case "max" -> greatest;
            case "p50" -> percentile(of, 50);
            case "p95" -> percentile(of, 95);
            case "p99" -> percentile(of, 99);
            default -> throw new IllegalArgumentException("no statistic '" + stat + "' of a distribution");
        };
    }

    private double percentile(Histogram of, double percentile) {
        return within(of.getValueAtPercentile(percentile) / metric.unit().steps());
    }

    private double within(double value) {
        return Math.min(Math.max(value, least), greatest);
    }
}
