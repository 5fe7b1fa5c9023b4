package dev.kilonode.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The values of one series, for the open window and for the whole run. Percentiles come from the histograms; count, sum, minimum and
 * maximum are exact.
 */
final class WindowedHistogram {

    static final int DIGITS = 2; // 1 % resolution; small enough for the processor's cache on the hot path
    private static final double NANOS_PER_STEP = 1_000_000 / Unit.MILLISECONDS.steps();

    private final Histogram window = new Histogram(DIGITS);
    private final SummaryStatistics windowSummary = new SummaryStatistics();
    private final Histogram run = new Histogram(DIGITS);
    private final SummaryStatistics runSummary = new SummaryStatistics();
    private final Unit unit;

    /** Values of 0 that are not yet in the window's histogram. Most waits for a lock are 0. */
    private long zeros;

    WindowedHistogram(Unit unit) {
        this.unit = unit;
    }

    /** Records {@code times} equal durations; for metrics in milliseconds. */
    void recordNanos(long nanos, int times) {
        assert unit == Unit.MILLISECONDS : "a duration in " + unit;
        if (nanos <= 0) {
            zeros += times;
        } else {
            window.recordValueWithCount((long) (nanos / NANOS_PER_STEP), times);
            windowSummary.add(nanos, times);
        }
    }

    /** Records a value in the exported unit, at least 0; for a ratio, at most 1. */
    void record(double value) {
        double within = Math.min(Math.max(0, value), unit.most());
        window.recordValue(Math.round(within * unit.steps()));
        windowSummary.add(Math.round(within * unit.resolution()), 1);
    }

    boolean hasWindowValues() {
        return zeros > 0 || window.getTotalCount() > 0;
    }

    /** Adds the open window's values to {@code into}. */
    void addWindowTo(Aggregate into) {
        flushZeros();
        add(window, windowSummary, into);
    }

    /** Adds the whole run's values to {@code into}. */
    void addRunTo(Aggregate into) {
        add(run, runSummary, into);
        addWindowTo(into);
    }

    /** The open window's values, in steps of the unit. */
    Histogram windowCopy() {
        flushZeros();
        return window.copy();
    }

    /** Moves the values of the open window into the open window of {@code other}, a histogram of the same metric. */
    void moveTo(WindowedHistogram other) {
        other.zeros += zeros;
        zeros = 0;
        if (window.getTotalCount() == 0) return;
        other.window.add(window);
        other.windowSummary.add(windowSummary);
        window.reset();
        windowSummary.reset();
    }

    /** Writes the open window's values. */
    void writeWindow(DataOutput out) throws IOException {
        flushZeros();
        windowSummary.write(out);
        ByteBuffer buffer = ByteBuffer.allocate(window.getNeededByteBufferCapacity());
        int length = window.encodeIntoCompressedByteBuffer(buffer);
        out.writeInt(length);
        out.write(buffer.array(), 0, length);
    }

    /** Adds values that {@link #writeWindow} has written to the open window. */
    void addWindow(DataInput in) throws IOException {
        windowSummary.add(SummaryStatistics.read(in));
        byte[] encoded = new byte[in.readInt()];
        in.readFully(encoded);
        try {
            window.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0));
        } catch (DataFormatException | RuntimeException e) {
            throw new IOException("a histogram cannot be read", e);
        }
    }

    void closeWindow() {
        flushZeros();
        run.add(window);
        runSummary.add(windowSummary);
        window.reset();
        windowSummary.reset();
    }

    private void flushZeros() {
        if (zeros > 0) {
            window.recordValueWithCount(0, zeros);
            windowSummary.add(0, zeros);
        }
        zeros = 0;
    }

    private void add(Histogram values, SummaryStatistics summary, Aggregate into) {
        if (summary.count() == 0) into.addNothing();
        else into.addValues(values, summary.min(unit), summary.mean(unit), summary.max(unit));
    }
}
