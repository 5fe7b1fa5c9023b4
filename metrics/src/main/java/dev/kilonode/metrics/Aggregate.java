package dev.kilonode.metrics;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The events or values of one metric over some series and some time. Aggregates can be added, so that a percentile of a long time is the
 * percentile of all its values, not a mean of percentiles. Percentiles come from a histogram, to 1 %, and lie between minimum and maximum;
 * minimum, mean and maximum are exact. The same class serves a run in progress and a run read back.
 */
public final class Aggregate {

    private final Metric metric;
    private final @Nullable Histogram values;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    /** In the unit's resolution, so that it is a whole number. */
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

    /** Adds events of the counter that {@code ratio} divides by. */
    public Aggregate addWhole(long events) {
        whole += events;
        return this;
    }

    /**
     * Adds values of one series.
     *
     * @param more one value at least, in steps of the metric's unit
     * @param min the least of them, in the metric's exported unit, as {@code mean} and {@code max}: what {@code windows.csv} says of a window
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

    /** Adds to the time covered. */
    public Aggregate lasting(double moreSeconds) {
        seconds += moreSeconds;
        return this;
    }

    /** Adds an aggregate of the same series over an adjacent time. */
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
     * Removes an aggregate that was added.
     *
     * @param rest all other aggregates that were added
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

    /** Whether any series was added, which means that a series has the labels asked for. */
    public boolean exists() {
        return series > 0;
    }

    /** How many values a statistic rests on: events of the whole for a ratio's counter, else events or values. */
    public long samples() {
        if (values != null) return values.getTotalCount();
        return metric.whole() == null ? count : whole;
    }

    /**
     * A statistic.
     *
     * @return in the metric's exported unit; NaN where there is no value
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
     * The value below which a share of all values lies.
     *
     * @param share of 0 and less, or above 1, it lies outside of them
     * @param outside what to return then
     * @return in the metric's exported unit
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
