package dev.kilonode.simulator.run;

import dev.kilonode.reports.ComparisonReport;
import dev.kilonode.reports.compare.Baseline;
import dev.kilonode.reports.compare.BaselineFile;
import dev.kilonode.reports.compare.Comparer;
import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.ComparisonException;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.compare.SingleRun;
import dev.kilonode.reports.render.text.ComparisonText;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code run --baseline FILE}: refused before the run if the baseline is not comparable, evaluated after the run. */
public final class BaselineCheck {
    private static final double LIMIT = 0.1;

    private final Path file;
    private final RunGroup baseline;
    private String comparisonText = "";

    private BaselineCheck(Path file, RunGroup baseline) {
        this.file = file;
        this.baseline = baseline;
    }

    /** As {@link #of(Path, LoadedScenario, int)}, for a run in this process. */
    public static BaselineCheck of(Path file, LoadedScenario loaded) {
        return of(file, loaded, 1);
    }

    /**
     * @param jvms processes that will run the nodes
     * @throws ComparisonException if the baseline is of another scenario, clock or number of processes
     */
    public static BaselineCheck of(Path file, LoadedScenario loaded, int jvms) {
        Baseline baseline = BaselineFile.read(file);
        String clock = loaded.scenario().clock().name().toLowerCase(Locale.ROOT);
        if (!baseline.clock().equals(clock)) {
            throw new ComparisonException(file + " was recorded in " + baseline.clock() + " time, this run is in "
                    + clock + " time; write --clock " + baseline.clock());
        }
        if (baseline.jvms() != jvms) {
            throw new ComparisonException(file + " was recorded in " + counted(baseline.jvms()) + ", this run is in "
                    + counted(jvms) + "; "
                    + (baseline.jvms() > 1 ? "write --jvms " + baseline.jvms() : "leave --jvms and --workers out")
                    + ", or record a new one with kilonode baseline add DIR --replace");
        }
        // with another model, the hash may differ for equal settings, since it leaves out values at their defaults
        boolean another = baseline.model() == ModelVersion.VERSION
                ? !baseline.hash().equals(ScenarioHash.ofSettings(loaded))
                : !baseline.scenario().equals(loaded.scenario().name());
        if (another) {
            throw new ComparisonException(file + " is of another scenario (" + baseline.scenario() + ", hash "
                    + baseline.hash() + "; this one is "
                    + loaded.scenario().name() + ", hash " + ScenarioHash.ofSettings(loaded)
                    + "): leave out what changes it (--set, --scale, --duration), or record a new one with kilonode"
                    + " baseline add DIR --replace");
        }
        return new BaselineCheck(file, baseline.group(file.toString()));
    }

    private static String counted(int jvms) {
        return jvms + (jvms == 1 ? " JVM" : " JVMs");
    }

    /** Name of the built-in check. */
    static final String ID = "baseline";

    /** Compares the run with the baseline, and writes the page of the comparison into the run's directory. */
    CheckResult evaluate(Path directory) {
        RunGroup run;
        Comparison comparison;
        try {
            run = RunSearch.group(directory);
            comparison = Comparer.compare(baseline, run, new Comparer.Options(LIMIT, List.of(), true));
        } catch (ComparisonException e) {
            return result(Status.INCONCLUSIVE, null, "not compared: " + e.getMessage());
        }
        comparisonText = ComparisonText.of(comparison, false);
        try {
            ComparisonReport.write(comparison, directory.resolve("comparison.html"));
        } catch (IOException e) {
            throw new EnvironmentException(EnvironmentFailure.words(e));
        }
        SingleRun found = baseline.model() == run.model()
                ? SingleRun.against(baseline, run.samples().get(0), LIMIT)
                : new SingleRun(Comparison.Conclusion.INSUFFICIENT, 0, "insufficient: " + baseline.otherModel(run));
        double worse = found.worse();
        return switch (found.conclusion()) {
            case NOT_WORSE -> result(Status.PASS, worse, found.words());
            case WORSE ->
                comparison.gates()
                        ? result(Status.FAIL, worse, found.words())
                        : result(Status.WARN, worse, "a warning only, as the machines differ: " + found.words());
            case INSUFFICIENT -> result(Status.INCONCLUSIVE, worse, found.words());
        };
    }

    /** The comparison as text for the terminal; empty before {@link #evaluate}. */
    public String comparisonText() {
        return comparisonText;
    }

    private CheckResult result(Status status, @Nullable Double worse, String words) {
        return new CheckResult(
                ID,
                CheckResult.WORSE_THAN_BASELINE,
                "count",
                "<=",
                0,
                status,
                worse,
                null,
                "no worse than " + file,
                baseline.samples().size(),
                "",
                "run",
                status == Status.WARN ? "warn" : "fail",
                words,
                null);
    }
}
