package dev.kilonode.simulator.metrics;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of a run holds of one metric: events counted, or values in a histogram. Stretches are put together by adding, so
 * that a percentile of a long one is that of all its values and never a mean of percentiles. The same for a run that goes on and for
 * one read back.
 */
public final class Amount {

    private final Metric metric;
    private final @Nullable Histogram values;
    private long count;
    private long whole;
    private int series;
    private double seconds;

    /** Nothing yet. */
    public Amount(Metric metric) {
        this.metric = metric;
        this.values = metric.isCounter() ? null : new Histogram(Distribution.DIGITS);
    }

    /** Adds events of one series. */
    public Amount addCount(long events) {
        count += events;
        series++;
        return this;
    }

    /** Adds events of the counter that {@code ratio} divides by. */
    public Amount addWhole(long events) {
        whole += events;
        return this;
    }

    /** Adds values of one series, in steps of the metric's unit. */
    public Amount addValues(Histogram more) {
        if (values == null) throw new IllegalArgumentException(metric.id() + " is a counter and has no values");
        values.add(more);
        series++;
        return this;
    }

    /** Notes that a series was there, without any value. */
    public Amount addNothing() {
        series++;
        return this;
    }

    /** Adds time that it took. */
    public Amount lasting(double moreSeconds) {
        seconds += moreSeconds;
        return this;
    }

    /** Adds a stretch of the same metric, labels and run that comes before or after this one. */
    public void add(Amount other) {
        count += other.count;
        whole += other.whole;
        seconds += other.seconds;
        series = Math.max(series, other.series);
        if (values != null && other.values != null) values.add(other.values);
    }

    /** Takes away a stretch that was added. */
    public void subtract(Amount other) {
        count -= other.count;
        whole -= other.whole;
        seconds -= other.seconds;
        if (values != null && other.values != null) values.subtract(other.values);
    }

    /** Whether any series had the labels asked for; if not, nothing was looked at. */
    public boolean exists() {
        return series > 0;
    }

    /** How many values a statistic rests on: events of the whole for a ratio's counter, else events or values. */
    public long samples() {
        if (values != null) return values.getTotalCount();
        return metric.whole() == null ? count : whole;
    }

    /** @return in the metric's exported unit; NaN where there is nothing to speak of */
    public double value(String stat) {
        if (values != null) return Statistic.of(values, stat, metric.unit().steps());
        return switch (stat) {
            case "count" -> count;
            case "rate" -> seconds > 0 ? count / seconds : Double.NaN;
            case "ratio" -> whole == 0 ? Double.NaN : (double) count / whole;
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
        return values.getValueAtPercentile(100 * share) / metric.unit().steps();
    }
}
