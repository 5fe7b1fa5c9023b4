package dev.kilonode.simulator.cli;

import dev.kilonode.reports.render.text.GitHubAnnotations;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.experiments.suite.BuildFingerprint;
import dev.kilonode.simulator.experiments.suite.PlannedRun;
import dev.kilonode.simulator.experiments.suite.SuiteExecution;
import dev.kilonode.simulator.experiments.suite.SuiteFolder;
import dev.kilonode.simulator.experiments.suite.SuitePlan;
import dev.kilonode.simulator.experiments.suite.SuiteSpec;
import dev.kilonode.simulator.experiments.suite.SuiteVerdict;
import dev.kilonode.simulator.experiments.suite.SuiteWriter;
import dev.kilonode.simulator.plugins.PluginFolder;
import dev.kilonode.simulator.run.BuildInfo;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.Runner;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** {@code suite FILE...}: scenarios x seeds x repetitions, each run in a process of its own, one verdict. */
final class SuiteCommand implements Command<SuiteFlags> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ScenarioLoader loader;
    private final Runner runner;

    /** @param runner makes the reports of runs that were killed */
    SuiteCommand(ScenarioLoader loader, Runner runner) {
        this.loader = loader;
        this.runner = runner;
    }

    @Override
    public String name() {
        return "suite";
    }

    @Override
    public String operands() {
        return "FILE...";
    }

    @Override
    public String summary() {
        return "runs scenarios x seeds x repetitions, one verdict";
    }

    @Override
    public SuiteFlags newFlags() {
        return new SuiteFlags();
    }

    @Override
    public CommandResult run(SuiteFlags flags, Console console) throws Exception {
        if (flags.operands.isEmpty()) {
            throw new UsageException("suite needs FILE...; write kilonode suite scenarios/smoke.yaml --seeds 1..20");
        }
        flags.refuseSingleRunFlags();
        Path directory = directory(flags, name());
        Path plugins = flags.pluginFolder();
        String build = BuildFingerprint.ofThisProgramAnd(plugins == null ? List.of() : PluginFolder.jars(plugins));
        SuiteSpec spec = new SuiteSpec(
                flags.operands.stream().map(flags::scenario).toList(),
                flags.seeds(),
                flags.repetitions(),
                directory,
                flags.runArguments());
        SuitePlan planning = new SuitePlan(spec, loader);
        List<PlannedRun> plan = planning.runs(SuiteFolder.before(directory, build, flags.skipDone));
        ProcessLauncher processes = processes(flags, planning.heapMiB(), planning.hasWallClock());
        StopSignal stop = new StopSignal();
        SuiteWriter book = book(flags, directory, build, plan, stop);
        planning.setAsideWhatIsReplaced();
        flags.copies().draft(directory.resolve("junit.xml"), directory.resolve("suite.md"));
        SuiteProgress progress = new SuiteProgress(console, plan.size(), flags.quiet);
        SuiteExecution execution = new SuiteExecution(
                plan, book, processes, flags.jobs(), flags.budget(), stop::requested, (run, ended, planned) -> {
                    reportIfKilled(runner, directory, run, console);
                    progress.ended(run, ended);
                });
        if (!flags.quiet) {
            console.err()
                    .println("suite: " + plan.size() + " runs, "
                            + plan.stream()
                                    .filter(one -> one.run().state() == State.WAITING)
                                    .count()
                            + " to make, " + flags.jobs() + " at a time, in " + directory);
        }
        SignalHandlers.install(stop, console, execution::killAll);
        Suite suite;
        try {
            suite = execution.run();
        } catch (IOException e) {
            throw new EnvironmentException("the suite cannot go on: " + EnvironmentFailure.words(e, directory)
                    + "; the results so far are in " + directory.resolve(Suite.FILE));
        }
        tell(suite, directory, flags, console);
        flags.copies().write(directory.resolve("junit.xml"), directory.resolve("suite.md"));
        return new CommandResult(ExitCode.of(suite.exitCode()), suite.words(), directory.resolve("suite.md"));
    }

    static SuiteWriter book(SuiteFlags flags, Path directory, String build, List<PlannedRun> plan, StopSignal stop) {
        try {
            return new SuiteWriter(
                    directory,
                    BuildInfo.version(),
                    build,
                    flags.command(),
                    plan.stream().map(PlannedRun::run).toList(),
                    new SuiteVerdict(stop));
        } catch (IOException e) {
            throw new EnvironmentException(EnvironmentFailure.words(e, directory));
        }
    }

    /** Folder of the results: as given, or a new folder whose name begins with {@code kind}. */
    static Path directory(SuiteFlags flags, String kind) {
        return flags.sources.containsKey("--out")
                ? ScenarioFlags.path(flags.out, "a folder")
                : Path.of(flags.out, kind + "-" + STAMP.format(Instant.now()));
    }

    /** @param needsMiB heap in MiB that the largest run needs */
    static ProcessLauncher processes(SuiteFlags flags, long needsMiB, boolean wall) {
        int jobs = flags.jobs();
        if (jobs > 1 && wall) {
            throw new UsageException(
                    flags.sourceOf("--jobs") + ": runs in wall-clock time would disturb each other; write --jobs 1");
        }
        long heap = Math.max(1, (Runtime.getRuntime().maxMemory() >> 20) / jobs);
        if (needsMiB > heap) {
            throw new EnvironmentException("a run needs about " + needsMiB + " MiB of heap, there are " + heap
                    + " for each of " + jobs + " jobs; write --jobs 1, or KILONODE_JAVA_OPTS=-Xmx"
                    + (needsMiB * jobs / 1024 + 1) + "g ./kilonode ...");
        }
        return new ProcessLauncher(Main.class.getName(), heap);
    }

    private static void tell(Suite suite, Path directory, SuiteFlags flags, Console console) throws IOException {
        RunSummaryPrinter.annotate(
                GitHubAnnotations.of(
                        "Run failed",
                        suite.runs().stream()
                                .filter(run -> run.state() == State.FAIL || run.state() == State.ERROR)
                                .map(SuiteVerdict::named)
                                .toList()),
                console);
        RunSummaryPrinter.jobSummary(directory.resolve("suite.md"), console);
        if (flags.json()) {
            console.out().print(suite.json());
        } else if (!flags.quiet) {
            console.out().println(directory.resolve("suite.md"));
        }
    }

    /** Makes the report of a run that was killed; a run that ended by itself has made its own. */
    static void reportIfKilled(Runner runner, Path directory, SuiteRun run, Console console) {
        String name = run.directory();
        if (name == null || Files.exists(directory.resolve(name).resolve("report.html"))) return;
        try {
            RunResult ignored = runner.report(directory.resolve(name));
        } catch (Exception e) {
            console.err().println("kilonode: no report of " + name + ": " + e);
        }
    }
}
