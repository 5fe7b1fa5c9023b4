package dev.kilonode.simulator.run.distributed;

import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.scenario.LoadedScenario;
import java.io.PrintStream;
import java.nio.file.Path;

/** What a worker needs from its process. */
public interface WorkerSetup {

    /** The folder for its files. */
    Path work();

    /** Receives a line for each step. */
    PrintStream log();

    /**
     * Loads the scenario of a run and checks that this worker may and can execute a part of it.
     *
     * @param parts the number of parts, of which this machine executes one
     * @throws RuntimeException if it may not, or lacks memory or descriptors; with what to do
     */
    LoadedScenario load(String scenario, int parts);

    /**
     * Makes a whole run, and reports its results or why there are none.
     *
     * @param control says when nobody waits for the result any more
     */
    void make(Command.Make run, CoordinatorLink link, RunControl control) throws InterruptedException;

    /** What to report of a failure. */
    Report.Failed failure(Throwable thrown);

    /** Ends the process at once. Called if the part does not end in time after a command to end. */
    void halt();
}
