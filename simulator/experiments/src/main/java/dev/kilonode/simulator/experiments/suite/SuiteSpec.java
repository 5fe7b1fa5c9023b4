package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a suite. Immutable.
 *
 * @param scenarios at least one
 * @param variations of each scenario, at least one
 * @param seeds in their order; empty for each scenario's own
 * @param repetitions of each scenario, variation and seed, 1 or more
 * @param share which of all runs to make; null for all
 * @param mostRuns of all shares; more are refused as a mistake
 * @param directory folder of all results
 * @param arguments arguments that the command lines of all runs share
 */
public record SuiteSpec(
        List<ScenarioRequest> scenarios,
        List<Variation> variations,
        List<Long> seeds,
        int repetitions,
        @Nullable Share share,
        int mostRuns,
        Path directory,
        RunArguments arguments) {

    /** More runs than this are refused as a mistake, unless the user has said that they are none. */
    public static final int MOST_RUNS = 10_000;

    /** One of several shares of all runs: its number, from 1, and how many there are. */
    public record Share(int number, int of) {}

    public SuiteSpec {
        scenarios = List.copyOf(scenarios);
        variations = List.copyOf(variations);
        seeds = List.copyOf(seeds);
    }

    /** The number of runs of all shares, if each scenario has each seed. */
    long runs() {
        return (long) scenarios.size() * variations.size() * Math.max(1, seeds.size()) * repetitions;
    }
}
