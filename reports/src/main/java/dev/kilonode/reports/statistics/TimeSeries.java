package dev.kilonode.reports.statistics;

import java.util.Arrays;

/** How a statistic went: window by window in order of time. A value that is not finite means that its window had no data. */
public final class TimeSeries {

    private long[] startMs = new long[64];
    private long[] endMs = new long[64];
    private double[] value = new double[64];
    private int size;

    /**
     * @param start start of the window, ms since the start of the run
     * @param end its end
     * @param found the statistic there; anything that is not finite when there is none
     */
    public void add(long start, long end, double found) {
        if (size == value.length) {
            startMs = Arrays.copyOf(startMs, size * 2);
            endMs = Arrays.copyOf(endMs, size * 2);
            value = Arrays.copyOf(value, size * 2);
        }
        startMs[size] = start;
        endMs[size] = end;
        value[size++] = found;
    }

    /** Number of windows, with data or without. */
    public int size() {
        return size;
    }

    public long startMs(int window) {
        return startMs[window];
    }

    public long endMs(int window) {
        return endMs[window];
    }

    /** Not finite where the window had no data. */
    public double value(int window) {
        return value[window];
    }

    /** Whether the window had data. */
    public boolean known(int window) {
        return Double.isFinite(value[window]);
    }
}
