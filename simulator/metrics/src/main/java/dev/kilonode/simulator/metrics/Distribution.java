package dev.kilonode.simulator.metrics;

import org.HdrHistogram.Histogram;

/** Latencies or sampled levels: in histograms, the only source of percentiles anywhere, and their exact number, sum and extremes. */
public final class Distribution extends Series {

    static final int DIGITS = 2; // 1 % resolution; small enough for the processor's cache on the hot path
    private static final double NANOS_PER_STEP = 1_000_000 / Unit.MILLISECONDS.steps();

    private final Histogram window = new Histogram(DIGITS);
    private final SummaryStatistics windowSummary = new SummaryStatistics();
    private final Histogram run = new Histogram(DIGITS);
    private final SummaryStatistics runSummary = new SummaryStatistics();
    private final Unit unit;

    /** Values of 0 that are not in the window yet: what most locks are waited for. */
    private long zeros;

    Distribution(Metric metric, Labels labels) {
        super(metric, labels);
        unit = metric.unit();
    }

    /** A span of time; for metrics in milliseconds. */
    public void recordNanos(long nanos) {
        recordNanos(nanos, 1);
    }

    /** As many spans of the same length. */
    void recordNanos(long nanos, int times) {
        if (nanos <= 0) {
            zeros += times;
        } else {
            window.recordValueWithCount((long) (nanos / NANOS_PER_STEP), times);
            windowSummary.add(nanos, times);
        }
    }

    /** A value in the metric's exported unit, 0 or more; of a share 1 at most. */
    public void record(double value) {
        double within = Math.min(Math.max(0, value), unit.most());
        window.recordValue(Math.round(within * unit.steps()));
        windowSummary.add(Math.round(within * unit.resolution()), 1);
    }

    /** Adds the open window's values to {@code into}. */
    void addWindowTo(Amount into) {
        addNode();
        add(window, windowSummary, into);
    }

    /** Adds the whole run's values to {@code into}. */
    void addRunTo(Amount into) {
        add(run, runSummary, into);
        addWindowTo(into);
    }

    /** The open window's values, in steps of the unit; a copy. */
    public Histogram windowCopy() {
        addNode();
        return window.copy();
    }

    /** Another series of the same takes what this one has in its window, which is then empty. */
    void moveTo(Distribution other) {
        other.zeros += zeros;
        zeros = 0;
        if (window.getTotalCount() == 0) return;
        other.window.add(window);
        other.windowSummary.add(windowSummary);
        window.reset();
        windowSummary.reset();
    }

    @Override
    void closeWindow() {
        addNode();
        run.add(window);
        runSummary.add(windowSummary);
        window.reset();
        windowSummary.reset();
    }

    private void addNode() {
        if (zeros > 0) {
            window.recordValueWithCount(0, zeros);
            windowSummary.add(0, zeros);
        }
        zeros = 0;
    }

    private void add(Histogram values, SummaryStatistics summary, Amount into) {
        if (summary.count() == 0) into.addNothing();
        else into.addValues(values, summary.min(unit), summary.mean(unit), summary.max(unit));
    }
}
