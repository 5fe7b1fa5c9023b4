package dev.kilonode.simulator.scenario;

/** The shape of a phase. */
public enum PhaseKind {
    /** From the number of the phase before to this one, evenly. */
    RAMP,
    /** This number from the start. */
    HOLD,
    /** This number for the phase, then back to the one before. */
    SPIKE
}
