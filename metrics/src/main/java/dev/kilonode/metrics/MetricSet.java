package dev.kilonode.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of all metrics of a run, or of its nodes on one thread, for the open window and for the whole run. A series is a metric with
 * one value for each of its labels. It is an array element with an index: 0 for a metric without labels, the index of the label value for a
 * metric with one label. Not thread-safe. Memory does not grow with the run.
 */
public final class MetricSet {

    /** A series that is part of the results. */
    private record OpenSeries(Metric metric, int index, Labels labels) {}

    private static final int METRICS = Metric.values().length;

    private final int shards;
    private final int workers;
    private final List<OpenSeries> series = new ArrayList<>();
    private final long[][] windowCounts = new long[METRICS][];
    private final long[][] closedCounts = new long[METRICS][];
    private final @Nullable WindowedHistogram[][] histograms = new WindowedHistogram[METRICS][];

    /**
     * The values of a process.
     *
     * @param shards shards of a node
     * @param sources the sources whose metrics are open from the start, with every combination of labels
     */
    public MetricSet(int shards, Set<MetricSource> sources) {
        this(shards, 0, sources);
    }

    /**
     * The values of a run, of one process or of several.
     *
     * @param workers processes that run nodes; each has its own series of the metrics that tell of such a process, with a label
     *     {@code worker}. Without any, the set is that of a process itself
     */
    public MetricSet(int shards, int workers, Set<MetricSource> sources) {
        this.shards = shards;
        this.workers = workers;
        for (Metric metric : Metric.values()) {
            int size = size(metric);
            if (metric.isCounter()) {
                windowCounts[metric.ordinal()] = new long[size];
                closedCounts[metric.ordinal()] = new long[size];
            } else {
                histograms[metric.ordinal()] = new WindowedHistogram[size];
            }
            if (!sources.contains(metric.source())) continue;
            for (int index = 0; index < size; index++) open(metric, index);
        }
    }

    private int size(Metric metric) {
        return sizeOfWorker(metric) * (workers > 0 && metric.isOfWorker() ? workers : 1);
    }

    private int sizeOfWorker(Metric metric) {
        int size = 1;
        for (Dimension dimension : metric.dimensions())
            size *= dimension.labelValues(shards).size();
        return size;
    }

    /** Adds a series to the results. Opening a series again has no effect. */
    public void open(Metric metric, int index) {
        if (series(metric, index) != null) return;
        series.add(new OpenSeries(metric, index, labels(metric, index)));
        if (!metric.isCounter()) histograms[metric.ordinal()][index] = new WindowedHistogram(metric.unit());
    }

    private @Nullable OpenSeries series(Metric metric, int index) {
        for (OpenSeries one : series) {
            if (one.metric == metric && one.index == index) return one;
        }
        return null;
    }

    private Labels labels(Metric metric, int index) {
        Labels labels = Labels.NONE;
        int rest = index;
        for (int i = metric.dimensions().size() - 1; i >= 0; i--) {
            Dimension dimension = metric.dimensions().get(i);
            List<String> values = dimension.labelValues(shards);
            labels = labels.and(dimension.label(), values.get(rest % values.size()));
            rest /= values.size();
        }
        if (workers > 0 && metric.isOfWorker()) labels = labels.and(Labels.WORKER, Integer.toString(rest));
        return labels;
    }

    /** Counts an event of a metric without labels. */
    public void count(Metric metric) {
        windowCounts[metric.ordinal()][0]++;
    }

    /** Counts an event of a metric with one label. */
    public void count(Metric metric, int index) {
        windowCounts[metric.ordinal()][index]++;
    }

    /** Counts an event of a metric whose second label is the shard. */
    public void count(Metric metric, int first, int shard) {
        windowCounts[metric.ordinal()][first * shards + shard]++;
    }

    /** Counts several events. */
    public void add(Metric metric, int index, long events) {
        windowCounts[metric.ordinal()][index] += events;
    }

    /** Raises a counter to {@code total} events since the start of the run. A total that has fallen changes nothing. */
    public void raise(Metric metric, int index, long total) {
        add(metric, index, Math.max(0, total - total(metric, index)));
    }

    /** Records a duration; for metrics in milliseconds. */
    public void recordNanos(Metric metric, long nanos) {
        recordNanos(metric, 0, nanos, 1);
    }

    /** Records {@code times} equal durations; for metrics in milliseconds. */
    public void recordNanos(Metric metric, int index, long nanos, int times) {
        histogram(metric, index).recordNanos(nanos, times);
    }

    /** Records a value in the metric's exported unit, at least 0; for a ratio, at most 1. */
    public void record(Metric metric, double value) {
        record(metric, 0, value);
    }

    /** Records a value of a metric with one label. */
    public void record(Metric metric, int index, double value) {
        histogram(metric, index).record(value);
    }

    private WindowedHistogram histogram(Metric metric, int index) {
        WindowedHistogram histogram = histograms[metric.ordinal()][index];
        if (histogram == null) throw new IllegalStateException(metric.id() + " is not open");
        return histogram;
    }

    /** Events of a counter since the start of the run, over all its labels. */
    public long total(Metric metric) {
        long sum = 0;
        for (int index = 0; index < windowCounts[metric.ordinal()].length; index++) sum += total(metric, index);
        return sum;
    }

    /** Events of one series of a counter since the start of the run. */
    public long total(Metric metric, int index) {
        return closedCounts[metric.ordinal()][index] + windowCounts[metric.ordinal()][index];
    }

    /**
     * A statistic over the open window, of all series of {@code metric} whose labels match.
     *
     * @return NaN if there are no values
     */
    public double inWindow(Metric metric, Map<String, String> where, String stat, double seconds) {
        return aggregateInWindow(metric, where, seconds).value(stat);
    }

    /** As {@link #inWindow}, over the whole run. */
    public double overRun(Metric metric, Map<String, String> where, String stat, double seconds) {
        return aggregate(metric, where, seconds, false).value(stat);
    }

    /** The values of all series of {@code metric} with matching labels in the open window. */
    public Aggregate aggregateInWindow(Metric metric, Map<String, String> where, double seconds) {
        return aggregate(metric, where, seconds, true);
    }

    /** Moves the values in the open window of {@code other}, a set with the same number of shards, into the open window of this set. */
    public void absorb(MetricSet other) {
        for (OpenSeries one : other.series) {
            int metric = one.metric.ordinal();
            if (one.metric.isCounter()) {
                windowCounts[metric][one.index] += other.windowCounts[metric][one.index];
                other.windowCounts[metric][one.index] = 0;
            } else {
                other.histogram(one.metric, one.index).moveTo(histogram(one.metric, one.index));
            }
        }
    }

    /** The number of a worker's series of a metric that tells of the process. */
    public int ofWorker(Metric metric, int worker, int index) {
        return worker * sizeOfWorker(metric) + index;
    }

    /**
     * The values in the open window, for {@link #absorb(byte[], int)} in another process; opens the next window.
     *
     * @param except metrics to leave out
     */
    public byte[] takeWindow(Set<Metric> except) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (OpenSeries one : series) {
                long count = one.metric.isCounter() ? windowCounts[one.metric.ordinal()][one.index] : 0;
                boolean empty = one.metric.isCounter()
                        ? count == 0
                        : !histogram(one.metric, one.index).hasWindowValues();
                if (empty || except.contains(one.metric)) continue;
                out.writeShort(one.metric.ordinal());
                out.writeInt(one.index);
                if (one.metric.isCounter()) out.writeLong(count);
                else histogram(one.metric, one.index).writeWindow(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // does not happen: the bytes are in memory
        }
        closeWindow();
        return bytes.toByteArray();
    }

    /**
     * Adds what another process has {@linkplain #takeWindow taken} to the open window.
     *
     * @param window of a set of the same build, with the same number of shards
     * @param worker the number of the process
     * @throws IllegalArgumentException if it is not such a window
     */
    public void absorb(byte[] window, int worker) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(window))) {
            while (in.available() > 0) {
                Metric metric = Metric.values()[in.readUnsignedShort()];
                int index = in.readInt();
                if (metric.isOfWorker()) index = ofWorker(metric, worker, index);
                open(metric, index);
                if (metric.isCounter()) windowCounts[metric.ordinal()][index] += in.readLong();
                else histogram(metric, index).addWindow(in);
            }
        } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("the window of worker " + worker + " cannot be read: " + e, e);
        }
    }

    /** Passes the histogram of every series with values in the open window to {@code sink}. */
    public void forEachHistogram(HistogramSink sink) {
        for (OpenSeries one : series) {
            if (one.metric.isCounter()) continue;
            WindowedHistogram histogram = histogram(one.metric, one.index);
            if (histogram.hasWindowValues()) sink.histogram(one.metric, one.labels, histogram.windowCopy());
        }
    }

    /** Passes every statistic of the open window to {@code sink} and opens the next window. */
    public void closeWindow(double seconds, WindowSink sink) {
        for (OpenSeries one : series) {
            Aggregate aggregate = begin(one.metric, seconds, true);
            add(one, true, aggregate);
            for (String stat : one.metric.stats()) {
                double value = aggregate.value(stat);
                if (Double.isFinite(value)) sink.value(one.metric, one.labels, stat, value);
            }
        }
        closeWindow();
    }

    private void closeWindow() {
        for (OpenSeries one : series) {
            int metric = one.metric.ordinal();
            if (one.metric.isCounter()) {
                closedCounts[metric][one.index] += windowCounts[metric][one.index];
                windowCounts[metric][one.index] = 0;
            } else {
                histogram(one.metric, one.index).closeWindow();
            }
        }
    }

    private Aggregate aggregate(Metric metric, Map<String, String> where, double seconds, boolean window) {
        Aggregate aggregate = begin(metric, seconds, window);
        for (OpenSeries one : series) {
            if (one.metric == metric && one.labels.match(where)) add(one, window, aggregate);
        }
        return aggregate;
    }

    private Aggregate begin(Metric metric, double seconds, boolean window) {
        Aggregate aggregate = new Aggregate(metric).lasting(seconds);
        Metric whole = metric.whole();
        for (int i = 0; whole != null && i < windowCounts[whole.ordinal()].length; i++) {
            aggregate.addWhole(count(whole, i, window));
        }
        return aggregate;
    }

    private void add(OpenSeries one, boolean window, Aggregate aggregate) {
        if (one.metric.isCounter()) aggregate.addCount(count(one.metric, one.index, window));
        else if (window) histogram(one.metric, one.index).addWindowTo(aggregate);
        else histogram(one.metric, one.index).addRunTo(aggregate);
    }

    private long count(Metric metric, int index, boolean window) {
        return window ? windowCounts[metric.ordinal()][index] : total(metric, index);
    }
}
