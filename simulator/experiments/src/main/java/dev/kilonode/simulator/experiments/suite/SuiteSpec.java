package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * Which runs a suite consists of. Immutable.
 *
 * @param scenarios   at least one
 * @param seeds       in their order; empty: each scenario's own
 * @param repetitions of each scenario and seed, 1 or more
 * @param directory   where all results go
 * @param arguments   what the runs' command lines share
 */
public record SuiteSpec(
        List<ScenarioRequest> scenarios, List<Long> seeds, int repetitions, Path directory, RunArguments arguments) {

    /** More runs than this are a mistake. */
    public static final int MOST_RUNS = 10_000;

    public SuiteSpec {
        scenarios = List.copyOf(scenarios);
        seeds = List.copyOf(seeds);
    }
}
