package dev.kilonode.metrics;

import org.HdrHistogram.Histogram;

/** Receives the histograms of a closing window. */
@FunctionalInterface
public interface HistogramSink {

    /** @param values at least one value, in steps of the metric's unit; the receiver owns this copy */
    void histogram(Metric metric, Labels labels, Histogram values);
}
