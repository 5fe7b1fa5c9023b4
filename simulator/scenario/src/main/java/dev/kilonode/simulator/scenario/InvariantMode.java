package dev.kilonode.simulator.scenario;

/** What a run does about violated invariants. */
public enum InvariantMode {
    /** A violation fails the run. */
    STRICT,
    /** A violation is reported; the verdict stays as it is. */
    WARN,
    /** Nothing is watched. */
    OFF
}
