package dev.kilonode.metrics;

/** The component that measures a metric, which determines the runs that have it. */
public enum MetricSource {
    /** Storage nodes and clients, as events happen. */
    NODE,
    /** Storage nodes only; what a client counts is ignored. */
    STORAGE_NODE,
    /** The harness, in every run. */
    HARNESS,
    /** The harness, in runs on the wall clock. */
    WALL_CLOCK,
    /** The harness; the metric appears with its first value. */
    ON_DEMAND
}
