package dev.kilonode.simulator.run.harness;

/** Lets the caller of a run stop it and observe its progress. Called several times a window. */
public interface RunControl {

    /** Never stops the run and ignores its progress. */
    RunControl NONE = new RunControl() {};

    /** Whether the run should stop now and report its results so far. */
    default boolean stopRequested() {
        return false;
    }

    /** The reason for the stop, as a phrase before "after 10 s of 3 min". */
    default String whyStopped() {
        return "stopped";
    }

    /** Receives the progress of the run. */
    default void progress(RunProgress progress) {}
}
