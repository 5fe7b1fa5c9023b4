package dev.kilonode.metrics;

import org.HdrHistogram.Histogram;

/** Takes the histograms of a window that closes. */
@FunctionalInterface
public interface HistogramSink {

    /** @param values at least one, in steps of the metric's unit; the callee's own copy */
    void histogram(Metric metric, Labels labels, Histogram values);
}
