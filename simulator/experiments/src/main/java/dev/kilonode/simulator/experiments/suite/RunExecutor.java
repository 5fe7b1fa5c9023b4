package dev.kilonode.simulator.experiments.suite;

import java.io.IOException;

/** Where the runs of a suite are made. One thread, but for {@link #killAll}. */
public interface RunExecutor extends AutoCloseable {

    /** Whether a run can be started now. */
    boolean hasRoom();

    /**
     * Starts a run.
     *
     * @param number of the run in its suite, from 1
     * @throws IOException if it cannot be started
     */
    RunUnderWay start(PlannedRun planned, int number) throws IOException;

    /**
     * Waits until something has happened.
     *
     * @param millis at most
     */
    void await(long millis) throws IOException, InterruptedException;

    /** All runs have been made: whoever makes them is not needed any more. Otherwise they wait for the suite to be finished. */
    default void finished() {}

    /** Ends all runs at once. Any thread. */
    void killAll();

    /** Releases what makes the runs. */
    @Override
    void close();
}
