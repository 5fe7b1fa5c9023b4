package dev.kilonode.simulator.run;

/** Listens to the progress of a run. One thread. */
@FunctionalInterface
public interface ProgressListener {

    /** Does nothing. */
    ProgressListener NONE = report -> {};

    void report(ProgressReport report);

    /** Called when the run has ended. */
    default void finished() {}
}
