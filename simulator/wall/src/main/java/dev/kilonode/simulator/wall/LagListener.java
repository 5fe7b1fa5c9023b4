package dev.kilonode.simulator.wall;

/** Receives how late an event loop and the workers were, measured a hundred times a second. */
interface LagListener {

    /** A timer fired {@code nanos} after it was due. */
    void timer(long nanos);

    /** A task of another thread waited for {@code nanos}. */
    void task(long nanos);

    /** A computation that takes no time came back from the workers after {@code nanos}. */
    void computation(long nanos);
}
