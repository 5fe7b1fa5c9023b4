package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.SuiteRun;
import java.nio.file.Path;
import java.util.List;

/**
 * A run to be made.
 *
 * @param run its description; waiting, or completed by an earlier suite
 * @param arguments command line of the run
 */
public record PlannedRun(SuiteRun run, List<String> arguments) {

    /** Plans {@code run}, with results in {@code directory}. */
    public static PlannedRun of(SuiteRun run, RunArguments arguments, Path directory) {
        return new PlannedRun(run, arguments.of(run.file(), run.seed(), directory.toString()));
    }

    /** Whether nothing is left to do. */
    boolean done() {
        return run.state() != SuiteRun.State.WAITING;
    }

    /** {@code smoke seed 7}. */
    String label() {
        return run.scenario() + " " + run.id();
    }
}
