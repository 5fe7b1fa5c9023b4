package dev.kilonode.reports.model;

import dev.kilonode.reports.run.MetricSeries;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Values over windows, in order of time. Windows without a value are absent; {@link #withGaps} makes the gaps visible.
 *
 * @param startMs starts of the windows, ms since the start of the run
 * @param endMs ends of the windows
 * @param value one finite value per window; NaN only for a gap
 */
public record ChartSeries(long[] startMs, long[] endMs, double[] value) {

    /** A series without windows. */
    public static final ChartSeries NONE = new ChartSeries(new long[0], new long[0], new double[0]);

    /** A window, ordered by start, then end. */
    record Window(long startMs, long endMs) implements Comparable<Window> {
        @Override
        public int compareTo(Window o) {
            return startMs != o.startMs ? Long.compare(startMs, o.startMs) : Long.compare(endMs, o.endMs);
        }
    }

    static ChartSeries of(TreeMap<Window, Double> values) {
        var points = new ChartSeries(new long[values.size()], new long[values.size()], new double[values.size()]);
        int i = 0;
        for (var entry : values.entrySet()) {
            points.startMs[i] = entry.getKey().startMs;
            points.endMs[i] = entry.getKey().endMs;
            points.value[i++] = entry.getValue();
        }
        return points;
    }

    static ChartSeries of(MetricSeries series) {
        var values = new TreeMap<Window, Double>();
        for (int i = 0; i < series.size(); i++) {
            values.put(new Window(series.startMs(i), series.endMs(i)), series.value(i));
        }
        return of(values);
    }

    /** Number of windows. */
    public int size() {
        return value.length;
    }

    /** Middle of the i-th window, ms. */
    public long atMs(int i) {
        return (startMs[i] + endMs[i]) / 2;
    }

    /** Largest value; 0 if there is none. */
    public double max() {
        return Arrays.stream(value).filter(Double::isFinite).max().orElse(0);
    }

    /** Sum of the values. */
    public double sum() {
        return Arrays.stream(value).filter(Double::isFinite).sum();
    }

    /** Index of the first value above {@code limit}; -1 if there is none. */
    public int firstAbove(double limit) {
        for (int i = 0; i < value.length; i++) {
            if (value[i] > limit) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The windows whose value in {@code counts} is at least {@code least}. Windows missing in {@code counts} are dropped.
     *
     * @param counts samples by window
     */
    ChartSeries whereAtLeast(double least, ChartSeries counts) {
        var known = new TreeMap<Window, Double>();
        for (int i = 0; i < counts.size(); i++) {
            known.put(new Window(counts.startMs[i], counts.endMs[i]), counts.value[i]);
        }
        return pick(java.util.stream.IntStream.range(0, size())
                .filter(i -> known.getOrDefault(new Window(startMs[i], endMs[i]), 0.0) >= least)
                .toArray());
    }

    /** All windows except the first {@code n}. */
    ChartSeries from(int n) {
        return pick(
                java.util.stream.IntStream.range(Math.min(n, size()), size()).toArray());
    }

    /** The windows within the given time range. */
    public ChartSeries within(long fromMs, long toMs) {
        int[] kept = java.util.stream.IntStream.range(0, size())
                .filter(i -> startMs[i] >= fromMs && endMs[i] <= toMs)
                .toArray();
        return pick(kept);
    }

    /** The same series with each value multiplied. */
    public ChartSeries times(double factor) {
        return new ChartSeries(
                startMs, endMs, Arrays.stream(value).map(v -> v * factor).toArray());
    }

    /**
     * Reduces the series to at most {@code limit} points. Each interval keeps its minimum, maximum and last value, so that peaks survive.
     *
     * @param limit at least 3
     */
    public ChartSeries thinned(int limit) {
        return size() <= limit ? this : pick(peaks(limit));
    }

    /**
     * As {@link #thinned}, with the same windows for all lines, chosen by the peaks of their sum; for stacked lines.
     *
     * @param lines over the same windows
     */
    public static List<ChartSeries> thinnedAlike(List<ChartSeries> lines, int limit) {
        if (lines.isEmpty() || lines.get(0).size() <= limit) {
            return lines;
        }
        ChartSeries first = lines.get(0);
        var sum = new double[first.size()];
        for (ChartSeries line : lines) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += line.value[i];
            }
        }
        int[] kept = new ChartSeries(first.startMs, first.endMs, sum).peaks(limit);
        return lines.stream().map(line -> line.pick(kept)).toList();
    }

    /** Reduces the series to at most {@code limit} windows by averaging neighbours; for counters, whose windows have no gaps. */
    public ChartSeries averaged(int limit) {
        if (size() <= limit) {
            return this;
        }
        int each = (size() + limit - 1) / limit;
        int n = (size() + each - 1) / each;
        var merged = new ChartSeries(new long[n], new long[n], new double[n]);
        for (int g = 0; g < n; g++) {
            int from = g * each;
            int to = Math.min(size(), from + each);
            merged.startMs[g] = startMs[from];
            merged.endMs[g] = endMs[to - 1];
            for (int i = from; i < to; i++) {
                merged.value[g] += value[i] / (to - from);
            }
        }
        return merged;
    }

    private int[] peaks(int limit) {
        int intervals = Math.max(1, limit / 3);
        var kept = new int[intervals * 3];
        int n = 0;
        for (int s = 0; s < intervals; s++) {
            int from = (int) ((long) s * size() / intervals);
            int to = (int) ((long) (s + 1) * size() / intervals);
            int min = from;
            int max = from;
            for (int i = from; i < to; i++) {
                min = value[i] < value[min] ? i : min;
                max = value[i] > value[max] ? i : max;
            }
            int[] three = {min, max, to - 1};
            Arrays.sort(three);
            for (int i = 0; i < 3; i++) {
                if (i == 0 || three[i] != three[i - 1]) {
                    kept[n++] = three[i];
                }
            }
        }
        return Arrays.copyOf(kept, n);
    }

    /** Inserts NaN where at least one window is missing, so that lines are interrupted. Call before thinning. */
    public ChartSeries withGaps() {
        if (size() < 2) {
            return this;
        }
        var values = new TreeMap<Window, Double>();
        for (int i = 0; i < size(); i++) {
            values.put(new Window(startMs[i], endMs[i]), value[i]);
            long missing = i + 1 < size() ? startMs[i + 1] - endMs[i] : 0;
            if (missing > 0 && missing >= (endMs[i] - startMs[i]) / 2) {
                values.put(new Window(endMs[i], startMs[i + 1]), Double.NaN);
            }
        }
        return of(values);
    }

    private ChartSeries pick(int[] indexes) {
        var picked = new ChartSeries(new long[indexes.length], new long[indexes.length], new double[indexes.length]);
        for (int i = 0; i < indexes.length; i++) {
            picked.startMs[i] = startMs[indexes[i]];
            picked.endMs[i] = endMs[indexes[i]];
            picked.value[i] = value[indexes[i]];
        }
        return picked;
    }
}
