package dev.kilonode.simulator.scenario;

/** What triggers the start of an upload. */
public enum Arrival {
    /** Closed loop: the end of the previous upload and a pause. */
    CLOSED,
    /** Open loop: a planned time, whatever else runs. */
    OPEN
}
