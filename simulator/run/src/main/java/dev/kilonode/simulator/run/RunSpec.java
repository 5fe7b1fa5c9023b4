package dev.kilonode.simulator.run;

import dev.kilonode.simulator.scenario.LoadedScenario;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for a run. Immutable; start from {@link #of}.
 *
 * @param scenario resolved, with its text ({@code scenario.yaml}) and its values ({@code tree().yaml()} is {@code
 *     scenario.resolved.yaml})
 * @param out the results folder; the run creates {@code out/name/<run id>} in it and never overwrites
 * @param name name of the results, by default the scenario's
 * @param realCrypto whether signatures are computed in virtual time too
 * @param timeBudget real time after which the run stops and fails; null if there is none
 * @param failOn the mildest verdict that leads to exit code 1
 * @param baseline check against a baseline; null if there is none
 * @param copies copies of results outside the run directory
 * @param command the exact command that repeats the run
 * @param threads that run the nodes in virtual time, 1 or more, if the scenario allows it; results do not depend on it
 * @param workers the processes that run the nodes; null if this process does
 */
public record RunSpec(
        LoadedScenario scenario,
        Path out,
        String name,
        boolean realCrypto,
        @Nullable Duration timeBudget,
        FailOn failOn,
        @Nullable BaselineCheck baseline,
        ReportCopies copies,
        String command,
        int threads,
        @Nullable WorkerRequest workers) {

    /** The unchanged scenario under its own name, without a budget or a baseline. */
    public static RunSpec of(LoadedScenario scenario, Path out, String command) {
        return new RunSpec(
                scenario,
                out,
                scenario.scenario().name(),
                false,
                null,
                FailOn.FAIL,
                null,
                ReportCopies.NONE,
                command,
                1,
                null);
    }

    public RunSpec named(String other) {
        return new RunSpec(
                scenario, out, other, realCrypto, timeBudget, failOn, baseline, copies, command, threads, workers);
    }

    public RunSpec withRealCrypto(boolean real) {
        return new RunSpec(scenario, out, name, real, timeBudget, failOn, baseline, copies, command, threads, workers);
    }

    public RunSpec within(@Nullable Duration budget) {
        return new RunSpec(
                scenario, out, name, realCrypto, budget, failOn, baseline, copies, command, threads, workers);
    }

    public RunSpec failingOn(FailOn least) {
        return new RunSpec(
                scenario, out, name, realCrypto, timeBudget, least, baseline, copies, command, threads, workers);
    }

    public RunSpec against(@Nullable BaselineCheck check) {
        return new RunSpec(
                scenario, out, name, realCrypto, timeBudget, failOn, check, copies, command, threads, workers);
    }

    public RunSpec copiedTo(ReportCopies files) {
        return new RunSpec(
                scenario, out, name, realCrypto, timeBudget, failOn, baseline, files, command, threads, workers);
    }

    public RunSpec onThreads(int many) {
        return new RunSpec(
                scenario, out, name, realCrypto, timeBudget, failOn, baseline, copies, command, many, workers);
    }

    public RunSpec over(@Nullable WorkerRequest processes) {
        return new RunSpec(
                scenario, out, name, realCrypto, timeBudget, failOn, baseline, copies, command, threads, processes);
    }
}
