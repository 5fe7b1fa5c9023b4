package dev.kilonode.simulator.metrics;

import org.HdrHistogram.Histogram;

/** Latencies or sampled levels, kept in histograms: the only source of percentiles anywhere. */
public final class Distribution extends Series {

    static final int DIGITS = 2; // 1 % resolution; small enough for the processor's cache on the hot path
    private static final double NANOS_PER_STEP = 1_000_000 / Unit.MILLISECONDS.steps();

    private final Histogram window = new Histogram(DIGITS);
    private final Histogram run = new Histogram(DIGITS);
    private final double steps;

    /** Values of 0 that are not in the window yet: what most locks are waited for. */
    private long zeros;

    Distribution(Metric metric, Labels labels) {
        super(metric, labels);
        steps = metric.unit().steps();
    }

    /** A span of time; for metrics in milliseconds. */
    public void recordNanos(long nanos) {
        recordNanos(nanos, 1);
    }

    /** As many spans of the same length. */
    void recordNanos(long nanos, int times) {
        if (nanos <= 0) zeros += times;
        else window.recordValueWithCount((long) (nanos / NANOS_PER_STEP), times);
    }

    /** A value in the metric's exported unit, 0 or more. */
    public void record(double value) {
        window.recordValue(Math.round(Math.max(0, value) * steps));
    }

    /** The open window's values, in steps of the unit; not a copy. */
    Histogram window() {
        if (zeros > 0) window.recordValueWithCount(0, zeros);
        zeros = 0;
        return window;
    }

    /** Adds the open window's values to {@code into}. */
    void addWindowTo(Histogram into) {
        into.add(window());
    }

    /** Adds the whole run's values to {@code into}. */
    void addRunTo(Histogram into) {
        into.add(run);
        into.add(window());
    }

    /** The open window's values, in steps of the unit; a copy. */
    public Histogram windowCopy() {
        return window().copy();
    }

    /** Another series of the same takes what this one has in its window, which is then empty. */
    void moveTo(Distribution other) {
        other.zeros += zeros;
        zeros = 0;
        if (window.getTotalCount() == 0) return;
        other.window.add(window);
        window.reset();
    }

    @Override
    void closeWindow() {
        run.add(window());
        window.reset();
    }
}
