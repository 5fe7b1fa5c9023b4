package dev.kilonode.simulator.scenario;

/** What decides when an upload starts. */
public enum Arrival {
    /** The end of the one before, and a pause. */
    CLOSED,
    /** The clock: a start is intended at a time, whatever runs. */
    OPEN
}
