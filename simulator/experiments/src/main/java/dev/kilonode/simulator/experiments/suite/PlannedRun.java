package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.SuiteRun;
import java.nio.file.Path;
import java.util.List;

/**
 * A run to be made.
 *
 * @param run       what it is; still waiting, or done by an earlier suite
 * @param arguments of the command line that makes it
 */
public record PlannedRun(SuiteRun run, List<String> arguments) {

    /** With the command line that makes {@code run} in {@code directory}. */
    public static PlannedRun of(SuiteRun run, RunArguments arguments, Path directory) {
        return new PlannedRun(run, arguments.of(run.file(), run.seed(), directory.toString()));
    }

    /** Whether there is nothing to do. */
    boolean done() {
        return run.state() != SuiteRun.State.WAITING;
    }

    /** {@code smoke seed 7}. */
    String label() {
        return run.scenario() + " " + run.id();
    }
}
