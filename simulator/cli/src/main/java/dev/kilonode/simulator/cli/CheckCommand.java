package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.render.text.CheckText;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.plugins.Designs;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.FailOn;
import dev.kilonode.simulator.run.harness.RecordedRun;
import dev.kilonode.simulator.run.harness.RunEnd;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code check DIR}: evaluates checks on the data of a run that has ended or was killed. Changes nothing, opens no socket. */
final class CheckCommand implements Command<CheckCommand.Flags> {
    /** Which checks, and what counts as a failure. */
    static final class Flags extends CommonFlags {
        @Parameter(names = "--with", description = "a scenario file whose checks to evaluate, instead of the run's own")
        @Nullable
        String with;

        @Parameter(names = "--fail-on", description = "mildest verdict with exit code 1: fail, inconclusive or warn")
        String failOn = "fail";
    }

    /** Longest line. */
    private static final int MOST_CHARS = 2_000;

    private final ScenarioLoader loader;

    CheckCommand(ScenarioLoader loader) {
        this.loader = loader.with(Designs.anyName()); // names of designs in recorded data are not checked
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String operands() {
        return "DIR";
    }

    @Override
    public String summary() {
        return "evaluates checks again on a run's data, also of a killed run; --with FILE: those of another scenario";
    }

    @Override
    public Flags newFlags() {
        return new Flags();
    }

    @Override
    public CommandResult run(Flags flags, Console console) throws IOException {
        Path directory = ScenarioFlags.path(flags.operand(name(), "DIR"), "a run directory");
        FailOn failOn = flags.failOn(flags.failOn);
        RunData data = RunData.read(directory);
        RecordedRun run = RecordedRun.of(data);
        Summary summary = data.summary();
        List<CheckResult> builtIn =
                flags.with != null || summary == null || !data.integrity().intact()
                        ? List.of()
                        : summary.checks().stream().filter(CheckResult::builtIn).toList();
        RunEnd end = run.judge(scenario(directory, flags).scenario(), builtIn);
        RunVerdict verdict = failOn.applied(end.verdict(), end.checks());
        if (flags.json()) console.out().println(json(verdict, end.checks()).toPrettyString());
        else if (!flags.quiet) end.checks().forEach(check -> console.out().println(line(check)));
        return new CommandResult(ExitCode.of(verdict.exitCode()), verdict.words(), directory);
    }

    private LoadedScenario scenario(Path directory, Flags flags) {
        Path resolved = directory.resolve("scenario.resolved.yaml");
        if (!Files.isRegularFile(resolved)) {
            throw new UsageException(directory
                    + " holds no scenario.resolved.yaml, which has its phases and faults; expected a whole run"
                    + " directory");
        }
        LoadedScenario own = loader.load(resolved);
        return flags.with == null ? own : loader.withChecksOf(ScenarioFlags.path(flags.with, "a scenario file"), own);
    }

    /** {@code FAIL uploads-stay-fast: upload.latency p95 was 13 min, limit <= 6 min, worst at 19 h 40 min; because ...}. */
    private static String line(CheckResult check) {
        String why = Format.explanation(check);
        return PlainText.line(
                check.status().word().toUpperCase(Locale.ROOT) + " " + check.id() + ": " + CheckText.value(check)
                        + (why.isEmpty() ? "" : "; " + why),
                MOST_CHARS);
    }

    private static ObjectNode json(RunVerdict verdict, List<CheckResult> found) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", verdict.result().name().toLowerCase(Locale.ROOT))
                .put("exit_code", verdict.exitCode())
                .put("words", verdict.words());
        ArrayNode checks = json.putArray("checks");
        for (CheckResult check : found) {
            ObjectNode one = checks.addObject()
                    .put("id", check.id())
                    .put("status", check.status().word())
                    .put("actual", check.actual())
                    .put("limit", check.limit())
                    .put("worst_at_ms", check.worstAtMs())
                    .put("samples", check.samples())
                    .put("because", check.because())
                    .put("words", Format.explanation(check));
            if (check.trend() != null) {
                one.put("change", check.trend().change())
                        .put("p_value", check.trend().pValue())
                        .put("since_ms", check.trend().sinceMs());
            }
        }
        return json;
    }
}
