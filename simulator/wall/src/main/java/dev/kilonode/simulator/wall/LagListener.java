package dev.kilonode.simulator.wall;

/** Receives the delays of an event loop and of the workers, measured a hundred times a second. */
interface LagListener {

    /** A timer fired {@code nanos} after it was due. */
    void timer(long nanos);

    /** A task from another thread waited for {@code nanos}. */
    void task(long nanos);

    /** An empty computation returned from the workers after {@code nanos}. */
    void computation(long nanos);
}
