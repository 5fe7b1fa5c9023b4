package dev.kilonode.reports.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of one metric, label set and statistic, window by window in file order. Uses 12 bytes per value. */
public final class MetricSeries {

    /** Identifies a series. Labels as in the file: {@code key=value;key=value}. */
    public record Key(String metric, String labels, String stat) {

        /** The labels as a map, in file order. */
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

    /** Number of windows that have a value. */
    public int size() {
        return size;
    }

    /** Start of the i-th window, ms. */
    public long startMs(int i) {
        return windows.startMs(window[java.util.Objects.checkIndex(i, size)]);
    }

    /** End of the i-th window, ms. */
    public long endMs(int i) {
        return windows.endMs(window[java.util.Objects.checkIndex(i, size)]);
    }

    /** The i-th value. */
    public double value(int i) {
        return value[java.util.Objects.checkIndex(i, size)];
    }
}
