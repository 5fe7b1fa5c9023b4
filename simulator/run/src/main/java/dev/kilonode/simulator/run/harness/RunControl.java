package dev.kilonode.simulator.run.harness;

/** What whoever started a run may do to it, and is told of it, several times a window. */
public interface RunControl {

    /** Runs to its end and tells nobody. */
    RunControl NONE = new RunControl() {};

    /** Whether the run should end now, with a report of what there is. */
    default boolean stopRequested() {
        return false;
    }

    /** Why it should, in words that go before "after 10 s of 3 min". */
    default String whyStopped() {
        return "stopped";
    }

    /** How far the run has come. */
    default void progress(RunProgress progress) {}
}
