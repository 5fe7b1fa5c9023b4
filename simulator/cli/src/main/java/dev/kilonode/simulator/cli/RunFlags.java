package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.reports.model.PlainText;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.ReportCopies;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.harness.ScenarioWorlds;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Flags of commands that run a scenario. */
class RunFlags extends ScenarioFlags {
    @Parameter(names = "--out", description = "folder of results")
    String out = "results";

    @Parameter(names = "--name", description = "name of the results, instead of the scenario's")
    @Nullable
    String name;

    @Parameter(
            names = "--real-crypto",
            description = "compute signatures in virtual time too, instead of charging for them")
    boolean realCrypto;

    @Parameter(
            names = "--threads",
            description = "virtual time: how many threads run the nodes, or auto: one per core, and one where several"
                    + " runs are made; results do not depend on it")
    String threads = AUTO;

    private static final String AUTO = "auto";

    @Parameter(names = "--time-budget", description = "real time after which the run fails, such as 20m")
    @Nullable
    String timeBudget;

    @Parameter(names = "--fail-on", description = "mildest verdict with exit code 1: fail, inconclusive or warn")
    String failOn = "fail";

    @Parameter(names = "--junit", description = "also write JUnit XML to this file")
    @Nullable
    String junit;

    @Parameter(names = "--summary-md", description = "also write a markdown summary to this file")
    @Nullable
    String summaryMd;

    @Parameter(names = "--progress", description = "auto, tty, plain, json or none")
    String progress = "auto";

    /** @throws UsageException if one of them is not a path */
    ReportCopies copies() {
        return new ReportCopies(file(junit), file(summaryMd));
    }

    /** @throws UsageException if a flag's value is wrong */
    RunSpec spec(LoadedScenario scenario, String command) {
        String shown = name == null ? scenario.scenario().name() : name;
        if (!shown.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new UsageException(sourceOf("--name") + ": got \"" + shown
                    + "\", expected letters, digits, dots, dashes and underscores; write --name my-run");
        }
        if (realCrypto && !scenario.mayHaveContent()) {
            throw new UsageException(sourceOf("--real-crypto")
                    + ": got a workload.upload.file-size of more than 1GiB, which has content then; write 1GiB"
                    + " or less");
        }
        return RunSpec.of(scenario, path(out, "a folder"), rerun(command))
                .named(shown)
                .withRealCrypto(realCrypto)
                .onThreads(threads(scenario.scenario()))
                .within(budget())
                .failingOn(failOn(failOn))
                .copiedTo(copies());
    }

    /**
     * The threads that run the nodes.
     *
     * @throws UsageException if the value is wrong
     */
    int threads(Scenario scenario) {
        return threads(scenario, threads);
    }

    /** As {@link #threads(Scenario)}, of one value of the flag. */
    final int threads(Scenario scenario, String value) {
        if (scenario.clock() == Clock.WALL) {
            if (!sources.containsKey("--threads")) return 1;
            throw new UsageException(sourceOf("--threads") + ": got \"" + value
                    + "\" in wall time, where wall.loops sets the threads; write --set wall.loops=2 instead");
        }
        int most = ScenarioWorlds.mostThreads(scenario);
        if (value.equals(AUTO)) {
            return Math.min(most, ProcessLauncher.ownThreads());
        }
        if (value.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) return number;
        }
        throw new UsageException(sourceOf("--threads") + ": got \"" + value + "\", expected auto or 1 to " + most
                + ", the parts into which the hosts of this scenario are divided; write --threads auto");
    }

    /** A line about a run that cannot use the threads it has; empty if there is none. */
    static String threadNote(RunSpec spec) {
        String why = ScenarioWorlds.whyOneThread(spec.scenario());
        return spec.threads() == 1 || why.isEmpty() ? "" : "runs on one thread: " + why;
    }

    /** @throws UsageException if the value is wrong */
    ProgressListener progress(Console console) {
        String mode = choice("--progress", progress, ProgressDisplay.MODES);
        return quiet ? ProgressListener.NONE : ProgressDisplay.of(mode, console);
    }

    @Nullable
    Duration budget() {
        if (timeBudget == null) return null;
        try {
            Duration budget = Units.duration(timeBudget);
            if (!budget.isZero()) return budget;
            throw new IllegalArgumentException("got 0s, expected more; write 20m");
        } catch (IllegalArgumentException e) {
            throw new UsageException(sourceOf("--time-budget") + ": " + e.getMessage());
        }
    }

    static @Nullable Path file(@Nullable String text) {
        return text == null ? null : path(text, "a file");
    }

    /** The command that repeats the run: only flags that change the outcome, not those for where results go. */
    private String rerun(String command) {
        StringBuilder line = new StringBuilder("./kilonode ").append(command);
        operands.forEach(operand -> line.append(' ').append(quoted(operand)));
        set.forEach(value -> line.append(" --set ").append(quoted(value)));
        if (seed != null) line.append(" --seed ").append(quoted(seed));
        if (clock != null) line.append(" --clock ").append(quoted(clock));
        if (duration != null) line.append(" --duration ").append(quoted(duration));
        if (scale != null) line.append(" --scale ").append(quoted(scale));
        if (realCrypto) line.append(" --real-crypto");
        if (plugins != null) line.append(" --plugins ").append(quoted(plugins));
        return line.append(rerunMore()).toString();
    }

    /** Further flags that repeat the run, each with a space before it. */
    String rerunMore() {
        return "";
    }

    /** Quotes a word for a shell, on one line. */
    static String quoted(String word) {
        if (word.matches("[A-Za-z0-9_./:=,%+@-]+")) return word;
        if (PlainText.line(word, Integer.MAX_VALUE).equals(word)) return "'" + word.replace("'", "'\\''") + "'";
        StringBuilder text = new StringBuilder("$'");
        word.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') text.append('\\').append((char) c);
            else if (c >= 0x20 && c < 0x7f) text.append((char) c);
            else text.append(String.format(Locale.ROOT, "\\U%08x", c));
        });
        return text.append("'").toString();
    }

    /** {@code 200 nodes on 14 hosts for 3h}. */
    static String size(LoadedScenario loaded) {
        var scenario = loaded.scenario();
        int hosts = scenario.hosts().stream().mapToInt(group -> group.count()).sum();
        return scenario.nodes().count() + " nodes on " + hosts + " hosts for " + Durations.text(scenario.duration());
    }
}
