package dev.kilonode.simulator.experiments.forecast;

import dev.kilonode.simulator.experiments.suite.RunArguments;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a forecast asks. Immutable.
 *
 * @param scenario  to run on
 * @param horizon   how far runs go at most, on their own clock
 * @param seeds     in their order; empty: the scenario's own
 * @param variations what to vary
 * @param directory where all results go
 * @param arguments what the runs' command lines share
 * @param command   the command that repeats the forecast
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
     * @param axes  such as {@code nodes=500,2000}
     * @param source what to blame for an axis that cannot be understood
     * @param grid  half and twice the nodes and uploaders, and the other design
     * @param crossed all combinations of the axes, in place of one change at a time
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
