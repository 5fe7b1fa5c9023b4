package dev.kilonode.metrics;

/** Takes the values of a window that closes. */
public interface WindowSink {

    /** @param value finite */
    void value(Metric metric, Labels labels, String stat, double value);
}
