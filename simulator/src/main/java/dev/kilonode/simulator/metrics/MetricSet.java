package dev.kilonode.simulator.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All series of a run, or of those of its nodes that live on one thread. One thread; the number of series does not grow with the length of the
 * run.
 */
public final class MetricSet {

    private record Key(Metric metric, Labels labels) {}

    private final Map<Key, Series> series = new LinkedHashMap<>();

    public Counter counter(Metric metric, Labels labels) {
        return (Counter) series.computeIfAbsent(new Key(metric, labels), key -> new Counter(metric, labels));
    }

    public Distribution distribution(Metric metric, Labels labels) {
        return (Distribution) series.computeIfAbsent(new Key(metric, labels), key -> new Distribution(metric, labels));
    }

    /**
     * A statistic over the open window, of all series of {@code metric} whose labels match.
     *
     * @return NaN where there is nothing to speak of
     */
    public double inWindow(Metric metric, Map<String, String> where, String stat, double seconds) {
        return value(metric, where, stat, seconds, true);
    }

    /** As {@link #inWindow}, over the whole run. */
    public double overRun(Metric metric, Map<String, String> where, String stat, double seconds) {
        return value(metric, where, stat, seconds, false);
    }

    /** What the open window holds of all series of {@code metric} whose labels match. */
    public Amount amountInWindow(Metric metric, Map<String, String> where, double seconds) {
        Amount amount = new Amount(metric).lasting(seconds);
        Metric whole = metric.whole();
        for (Series one : series.values()) {
            if (one.metric() == whole) amount.addWhole(((Counter) one).inWindow());
            if (one.metric() != metric || !one.labels().match(where)) continue;
            if (one instanceof Counter counter) amount.addCount(counter.inWindow());
            else amount.addValues(((Distribution) one).window());
        }
        return amount;
    }

    /** Takes over what the open window of {@code other} holds, which is then empty. */
    void absorb(MetricSet other) {
        for (Series one : other.series.values()) {
            if (one instanceof Counter counter) counter.moveTo(counter(one.metric(), one.labels()));
            else ((Distribution) one).moveTo(distribution(one.metric(), one.labels()));
        }
    }

    /** Gives every value of the open window to {@code sink} and opens the next window. */
    public void closeWindow(double seconds, WindowSink sink) {
        for (Series one : series.values()) {
            for (String stat : one.metric().stats()) {
                double value = inWindow(one, stat, seconds);
                if (Double.isFinite(value)) sink.value(one.metric(), one.labels(), stat, value);
            }
        }
        series.values().forEach(Series::closeWindow);
    }

    public Iterable<Series> series() {
        return series.values();
    }

    private double inWindow(Series one, String stat, double seconds) {
        if (one instanceof Counter counter) return count(one.metric(), counter.inWindow(), stat, seconds, true);
        Histogram window = new Histogram(2);
        ((Distribution) one).addWindowTo(window);
        return Statistic.of(window, stat, one.metric().unit().steps());
    }

    private double value(Metric metric, Map<String, String> where, String stat, double seconds, boolean window) {
        if (metric.isCounter()) return count(metric, sum(metric, where, window), stat, seconds, window);
        return Statistic.of(
                histogram(metric, where, window), stat, metric.unit().steps());
    }

    private double count(Metric metric, long count, String stat, double seconds, boolean window) {
        return switch (stat) {
            case "count" -> count;
            case "rate" -> count / seconds;
            case "ratio" -> ratio(count, metric.whole(), window);
            default -> throw new IllegalArgumentException("no statistic '" + stat + "' of the counter " + metric.id());
        };
    }

    private double ratio(long count, @Nullable Metric whole, boolean window) {
        long all = whole == null ? 0 : sum(whole, Map.of(), window);
        return all == 0 ? Double.NaN : (double) count / all;
    }

    private long sum(Metric metric, Map<String, String> where, boolean window) {
        long sum = 0;
        for (Series one : series.values()) {
            if (one.metric() != metric || !one.labels().match(where)) continue;
            Counter counter = (Counter) one;
            sum += window ? counter.inWindow() : counter.total();
        }
        return sum;
    }

    private Histogram histogram(Metric metric, Map<String, String> where, boolean window) {
        Histogram merged = new Histogram(2);
        for (Series one : series.values()) {
            if (one.metric() != metric || !one.labels().match(where)) continue;
            if (window) ((Distribution) one).addWindowTo(merged);
            else ((Distribution) one).addRunTo(merged);
        }
        return merged;
    }
}
