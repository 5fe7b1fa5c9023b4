package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.scenario.LoadedScenario;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One run, as asked for on the command line.
 *
 * @param scenario resolved, with its text ({@code scenario.yaml}) and its values ({@code tree().yaml()} is {@code scenario.resolved.yaml})
 * @param out the results folder; the run makes {@code out/name/<run id>} in it and never overwrites
 * @param name the scenario's name, or what {@code --name} said
 * @param realCrypto whether signatures are really computed, in virtual time too
 * @param timeBudget real time after which the run stops and has failed; null: none
 * @param failOn the least verdict that ends with exit code 1
 * @param baseline what to hold the run against; null: nothing
 * @param junit where to write JUnit XML besides the run directory; null: nowhere
 * @param summaryMd likewise for the markdown summary
 * @param rerun the exact command that repeats the run
 * @param progress to be told at least every 250 ms of real time; {@code finished()} is called by the command
 * @param stop polled at least every second; when requested: write a partial report and return within 30 s
 */
public record RunRequest(
        LoadedScenario scenario,
        Path out,
        String name,
        boolean realCrypto,
        @Nullable Duration timeBudget,
        FailOn failOn,
        @Nullable BaselineGate baseline,
        @Nullable Path junit,
        @Nullable Path summaryMd,
        String rerun,
        Progress progress,
        StopSignal stop) {

    /** Where its results go besides its directory. */
    Copies copies() {
        return new Copies(junit, summaryMd);
    }
}
