package dev.kilonode.simulator.scenario;

/** Whose time a run lives in. */
public enum Clock {
    /** Simulated time: minutes for days, repeatable bit for bit. */
    VIRTUAL,
    /** Real time on real sockets. */
    WALL
}
