package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * A request for a suite. Immutable.
 *
 * @param scenarios at least one
 * @param seeds in their order; empty for each scenario's own
 * @param repetitions of each scenario and seed, 1 or more
 * @param directory folder of all results
 * @param arguments arguments that the command lines of all runs share
 */
public record SuiteSpec(
        List<ScenarioRequest> scenarios, List<Long> seeds, int repetitions, Path directory, RunArguments arguments) {

    /** More runs than this are refused as a mistake. */
    public static final int MOST_RUNS = 10_000;

    public SuiteSpec {
        scenarios = List.copyOf(scenarios);
        seeds = List.copyOf(seeds);
    }
}
