package dev.kilonode.metrics;

/** Receives the values of a closing window. */
public interface WindowSink {

    /** @param value a finite number */
    void value(Metric metric, Labels labels, String stat, double value);
}
