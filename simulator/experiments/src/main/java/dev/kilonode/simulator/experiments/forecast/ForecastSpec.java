package dev.kilonode.simulator.experiments.forecast;

import dev.kilonode.simulator.experiments.suite.RunArguments;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A request for a forecast. Immutable.
 *
 * @param scenario the scenario to run
 * @param horizon maximal duration of runs, on their own clock
 * @param seeds in their order; empty for the scenario's own
 * @param variations what to vary
 * @param directory folder of all results
 * @param arguments arguments that the command lines of all runs share
 * @param command the command that repeats the forecast
 */
public record ForecastSpec(
        ScenarioRequest scenario,
        Duration horizon,
        List<Long> seeds,
        Variations variations,
        Path directory,
        RunArguments arguments,
        String command) {

    /**
     * What to vary.
     *
     * @param axes such as {@code nodes=500,2000}
     * @param source the flag or variable to name in messages about an axis
     * @param grid half and twice the nodes and uploaders, and the other design
     * @param crossed all combinations of the axes, instead of one change at a time
     */
    public record Variations(List<String> axes, String source, boolean grid, boolean crossed) {
        public Variations {
            axes = List.copyOf(axes);
        }
    }

    public ForecastSpec {
        seeds = List.copyOf(seeds);
    }
}
