package dev.kilonode.reports.statistics;

import java.util.Arrays;

/** A statistic by window, in order of time. A value that is not finite means that the window has no data. */
public final class TimeSeries {

    private long[] startMs = new long[64];
    private long[] endMs = new long[64];
    private double[] value = new double[64];
    private int size;

    /**
     * @param start start of the window, ms since the start of the run
     * @param end its end
     * @param found value of the statistic; not finite if there is none
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

    /** Not finite if the window has no data. */
    public double value(int window) {
        return value[window];
    }

    /** Whether the window has data. */
    public boolean known(int window) {
        return Double.isFinite(value[window]);
    }
}
