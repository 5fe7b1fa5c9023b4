package dev.kilonode.simulator.run;

import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.UnreadableRunException;
import dev.kilonode.simulator.plugins.Designs;
import dev.kilonode.simulator.run.harness.RecordedRun;
import dev.kilonode.simulator.run.harness.RunEnd;
import dev.kilonode.simulator.scenario.ScenarioException;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the {@code summary.json} of a run that could not write its own, or whose own is no longer valid. */
final class RecoveredSummary {

    private RecoveredSummary() {}

    /** Damaged data cannot decide a check; the summary that the run wrote is kept as well. */
    static void ofDamaged(RunData data) throws IOException {
        RunVerdict verdict = VerdictPolicy.of(data);
        Summary own = data.summary();
        RunWriter.replaceSummaryOfDamaged(
                data.directory(),
                own == null
                        ? summary(data, verdict, 0, List.of(), List.of())
                        : own.with(verdict, VerdictPolicy.checks(data)));
    }

    /** Checks that no more data could have met have failed, all others are inconclusive. */
    static void ofKilled(RunData data) throws IOException {
        try {
            RecordedRun run = RecordedRun.of(data);
            RunEnd end = run.judge(
                    new ScenarioLoader()
                            .with(Designs.anyName())
                            .load(data.directory().resolve("scenario.resolved.yaml"))
                            .scenario(),
                    List.of());
            RunWriter.replaceSummary(
                    data.directory(), summary(data, end.verdict(), run.delivered(), end.checks(), end.health()));
        } catch (ScenarioException | UnreadableRunException e) { // the checks of the run are unknown
            RunWriter.replaceSummary(data.directory(), summary(data, VerdictPolicy.of(data), 0, List.of(), List.of()));
        }
    }

    /** For a run that hangs and is ended; there is no time to evaluate its data. */
    static void ofStuck(Path directory, ExitCode exit, String reason) throws IOException {
        RunData data = RunData.read(directory);
        if (!data.integrity().intact()) return;
        RunVerdict verdict = RunVerdict.inconclusive(reason).endingWith(exit.number());
        RunWriter.replaceSummary(directory, summary(data, verdict, 0, List.of(), List.of()));
    }

    /** For a run that was evaluated, and whose command ends with another exit code; {@code reason} comes first. */
    static void addFailure(Path directory, ExitCode exit, String reason) throws IOException {
        RunData data = RunData.read(directory);
        Summary summary = data.summary();
        if (summary == null || !data.integrity().intact()) return;
        RunVerdict verdict = VerdictPolicy.of(data);
        List<String> reasons = new ArrayList<>(verdict.reasons());
        reasons.add(0, reason);
        int code = ExitCode.of(verdict.exitCode()).or(exit).number();
        // the files that a CI job collects must not say pass if the command failed
        Summary.Verdict result =
                verdict.result() == Summary.Verdict.PASS ? Summary.Verdict.INCONCLUSIVE : verdict.result();
        RunWriter.replaceSummary(directory, summary.with(new RunVerdict(result, code, reasons), summary.checks()));
    }

    private static Summary summary(
            RunData data, RunVerdict verdict, long delivered, List<CheckResult> checks, List<HealthResult> health) {
        Manifest run = data.manifest();
        return new Summary(
                Summary.SCHEMA,
                verdict.result(),
                verdict.exitCode(),
                run.scenario(),
                run.scenarioHash(),
                run.seed(),
                run.clock(),
                run.nodes(),
                data.lastMs(),
                0,
                0,
                delivered,
                data.digest(),
                checks,
                Map.of(),
                health,
                verdict.reasons());
    }
}
