package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.simulator.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A run to be made.
 *
 * @param run its description; waiting, or completed by an earlier suite
 * @param arguments command line of the run
 * @param scenario loads its scenario
 */
public record PlannedRun(SuiteRun run, List<String> arguments, Supplier<LoadedScenario> scenario) {

    /** Plans {@code run}, with results in {@code directory}. */
    public static PlannedRun of(
            SuiteRun run, RunArguments arguments, Path directory, Supplier<LoadedScenario> scenario) {
        return new PlannedRun(run, arguments.of(run.file(), run.seed(), directory.toString()), scenario);
    }

    PlannedRun with(SuiteRun other) {
        return new PlannedRun(other, arguments, scenario);
    }

    PlannedRun repeated(int repetition) {
        return with(SuiteRun.waiting(run.scenario(), run.file(), run.scenarioHash(), run.seed(), repetition)
                .at(run.point()));
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
