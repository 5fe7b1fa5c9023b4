package dev.kilonode.simulator.scenario;

/** The clock of a run. */
public enum Clock {
    /** Simulated time: minutes for days, repeatable bit for bit. */
    VIRTUAL,
    /** Real time on real sockets. */
    WALL
}
