package dev.kilonode.simulator.kernel.world;

/** The timers of one life of a node, counted. It does not hold the node. Called on the run's thread. */
public interface NodeTimers {

    /** Timers that have neither fired nor been cancelled. */
    int waiting();

    /** Timers started so far, also after the end of the life. */
    long started();
}
