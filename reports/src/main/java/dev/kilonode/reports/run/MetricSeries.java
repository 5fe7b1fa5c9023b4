package dev.kilonode.reports.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** One series: the values of a metric, its labels and a statistic, window by window in the order written. Twelve bytes a value. */
public final class MetricSeries {

    /** What a series is called. Labels as in the file: {@code key=value;key=value}. */
    public record Key(String metric, String labels, String stat) {

        /** The labels one by one, in the file's order. */
        public Map<String, String> labelMap() {
            var map = new LinkedHashMap<String, String>();
            for (String pair : labels.isEmpty() ? new String[0] : labels.split(";")) {
                int eq = pair.indexOf('=');
                map.put(eq < 0 ? pair : pair.substring(0, eq), eq < 0 ? "" : pair.substring(eq + 1));
            }
            return map;
        }
    }

    private final Key key;
    private final WindowTable windows;
    private int[] window = new int[16];
    private double[] value = new double[16];
    private int size;

    MetricSeries(Key key, WindowTable windows) {
        this.key = key;
        this.windows = windows;
    }

    void add(long startMs, long endMs, double v) {
        if (size == value.length) {
            window = Arrays.copyOf(window, size * 2);
            value = Arrays.copyOf(value, size * 2);
        }
        window[size] = windows.index(startMs, endMs);
        value[size++] = v;
    }

    /** Metric, labels, statistic. */
    public Key key() {
        return key;
    }

    /** Number of windows with a value. */
    public int size() {
        return size;
    }

    /** Start of the i-th window with a value, ms. */
    public long startMs(int i) {
        return windows.startMs(window[java.util.Objects.checkIndex(i, size)]);
    }

    /** End of the i-th window with a value, ms. */
    public long endMs(int i) {
        return windows.endMs(window[java.util.Objects.checkIndex(i, size)]);
    }

    /** The i-th value. */
    public double value(int i) {
        return value[java.util.Objects.checkIndex(i, size)];
    }
}
