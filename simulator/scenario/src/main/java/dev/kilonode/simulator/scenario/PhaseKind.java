package dev.kilonode.simulator.scenario;

/** The shape of a phase. */
public enum PhaseKind {
    /** Changes evenly from the previous phase's number to this one's. */
    RAMP,
    /** This number from the start. */
    HOLD,
    /** This number during the phase, then the previous one's. */
    SPIKE
}
