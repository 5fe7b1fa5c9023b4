package dev.kilonode.simulator.run;

/** Is told how far a run is. One thread. */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener NONE = report -> {};

    void report(ProgressReport report);

    /** The run has ended. */
    default void finished() {}
}
