package dev.kilonode.simulator.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

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
        return amount(metric, one -> one.labels().match(where), seconds, true).value(stat);
    }

    /** As {@link #inWindow}, over the whole run. */
    public double overRun(Metric metric, Map<String, String> where, String stat, double seconds) {
        return amount(metric, one -> one.labels().match(where), seconds, false).value(stat);
    }

    /** What the open window holds of all series of {@code metric} whose labels match. */
    public Amount amountInWindow(Metric metric, Map<String, String> where, double seconds) {
        return amount(metric, one -> one.labels().match(where), seconds, true);
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
            Amount amount = amount(one.metric(), other -> other == one, seconds, true);
            for (String stat : one.metric().stats()) {
                double value = amount.value(stat);
                if (Double.isFinite(value)) sink.value(one.metric(), one.labels(), stat, value);
            }
        }
        series.values().forEach(Series::closeWindow);
    }

    public Iterable<Series> series() {
        return series.values();
    }

    private Amount amount(Metric metric, Predicate<Series> wanted, double seconds, boolean window) {
        Amount amount = new Amount(metric).lasting(seconds);
        Metric whole = metric.whole();
        for (Series one : series.values()) {
            if (one.metric() == whole) amount.addWhole(count((Counter) one, window));
            if (one.metric() != metric || !wanted.test(one)) continue;
            if (one instanceof Counter counter) amount.addCount(count(counter, window));
            else if (window) ((Distribution) one).addWindowTo(amount);
            else ((Distribution) one).addRunTo(amount);
        }
        return amount;
    }

    private static long count(Counter counter, boolean window) {
        return window ? counter.inWindow() : counter.total();
    }
}
