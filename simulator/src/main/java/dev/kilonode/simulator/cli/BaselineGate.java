package dev.kilonode.simulator.cli;

import dev.kilonode.reports.compare.Baseline;
import dev.kilonode.reports.compare.BaselineFile;
import dev.kilonode.reports.compare.Comparer;
import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.ComparisonException;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.compare.SingleRun;
import dev.kilonode.reports.text.ComparisonText;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Model;
import java.nio.file.Path;
import java.util.Locale;

/** {@code run --baseline FILE}: refused before the run if it cannot be compared, judged after it. */
final class BaselineGate {
    private static final double LIMIT = 0.1;

    private final Path file;
    private final RunGroup baseline;

    private BaselineGate(Path file, RunGroup baseline) {
        this.file = file;
        this.baseline = baseline;
    }

    /** @throws UsageException if the baseline is of another scenario or clock */
    static BaselineGate of(Path file, LoadedScenario loaded) {
        Baseline baseline = BaselineFile.read(file);
        String clock = loaded.scenario().clock().name().toLowerCase(Locale.ROOT);
        if (!baseline.clock().equals(clock)) {
            throw new UsageException(file + " was recorded in " + baseline.clock() + " time, this run is in " + clock
                    + " time; write --clock " + baseline.clock());
        }
        // of another model the hash may differ without a difference: what is at its default is not in it
        boolean another = baseline.model() == Model.VERSION
                ? !baseline.hash().equals(VirtualRunner.settingsHash(loaded))
                : !baseline.scenario().equals(loaded.scenario().name());
        if (another) {
            throw new UsageException(
                    file + " is of another scenario (" + baseline.scenario() + ", hash "
                            + baseline.hash() + "; this one is "
                            + loaded.scenario().name() + ", hash " + VirtualRunner.settingsHash(loaded)
                            + "): leave out what changes it (--set, --scale, --duration), or record a new one with kilonode baseline add DIR --replace");
        }
        return new BaselineGate(file, baseline.group(file.toString()));
    }

    /** The run's result with what the baseline says to it. */
    RunResult judge(RunResult result, FailOn failOn, boolean quiet, Console console) {
        RunGroup run;
        try {
            run = RunSearch.group(result.directory());
        } catch (ComparisonException e) {
            return with(result, ExitCode.INCONCLUSIVE, "not compared with the baseline: " + e.getMessage());
        }
        Comparison comparison = Comparer.compare(baseline, run, new Comparer.Options(LIMIT, java.util.List.of(), true));
        if (!quiet) console.err().print(ComparisonText.of(comparison, false));
        CompareCommand.write(comparison, result.directory().resolve("comparison.html"));
        SingleRun found = baseline.model() == run.model()
                ? SingleRun.against(baseline, run.samples().get(0), LIMIT)
                : new SingleRun(Comparison.Outcome.INSUFFICIENT, "insufficient: " + baseline.otherModel(run));
        String words = "baseline " + file + ": " + found.words();
        return switch (found.outcome()) {
            case NOT_WORSE -> with(result, ExitCode.PASS, words);
            case WORSE ->
                comparison.gates()
                        ? with(result, ExitCode.FAIL, words)
                        : with(result, ExitCode.PASS, "a warning only, as the machines differ: " + words);
            case INSUFFICIENT -> with(result, failOn == FailOn.FAIL ? ExitCode.INCONCLUSIVE : ExitCode.FAIL, words);
        };
    }

    private static RunResult with(RunResult result, ExitCode exit, String words) {
        return new RunResult(
                result.exit().or(exit),
                result.words() + "; " + words,
                result.directory(),
                result.report(),
                result.digest());
    }
}
