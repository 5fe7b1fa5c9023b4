package dev.kilonode.simulator.cli;

import dev.kilonode.reports.render.text.GitHubAnnotations;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.plugin.PluginFolder;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.suite.BuildFingerprint;
import dev.kilonode.simulator.suite.ChildProcesses;
import dev.kilonode.simulator.suite.PlannedRun;
import dev.kilonode.simulator.suite.SuiteBook;
import dev.kilonode.simulator.suite.SuiteExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        return "scenarios x seeds x repetitions, one verdict";
    }

    @Override
    public SuiteFlags newFlags() {
        return new SuiteFlags();
    }

    @Override
    public Verdict run(SuiteFlags flags, Console console) throws Exception {
        if (flags.operands.isEmpty()) {
            throw new UsageException("suite needs FILE...; write kilonode suite scenarios/smoke.yaml --seeds 1..20");
        }
        flags.refuseThoseOfOneRun();
        Path directory = directory(flags, name());
        Path plugins = flags.pluginFolder();
        String build = BuildFingerprint.ofThisProgramAnd(plugins == null ? List.of() : PluginFolder.jars(plugins));
        SuitePlan planning = new SuitePlan(flags, loader, directory);
        List<PlannedRun> plan = planning.runs(before(flags, directory, build));
        ChildProcesses processes = processes(flags, planning.heapMiB(), planning.hasWallClock());
        StopSignal stop = new StopSignal();
        SuiteBook book = book(flags, directory, build, plan, stop);
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
        Interrupts.install(stop, console, execution::killAll);
        Suite suite;
        try {
            suite = execution.run();
        } catch (IOException e) {
            throw new EnvironmentException("the suite cannot go on: " + EnvironmentFailure.words(e, directory)
                    + "; what there is, is in " + directory.resolve(Suite.FILE));
        }
        tell(suite, directory, flags, console);
        flags.copies().write(directory.resolve("junit.xml"), directory.resolve("suite.md"));
        return new Verdict(ExitCode.of(suite.exitCode()), suite.words(), directory.resolve("suite.md"));
    }

    static SuiteBook book(SuiteFlags flags, Path directory, String build, List<PlannedRun> plan, StopSignal stop) {
        try {
            return new SuiteBook(
                    directory,
                    VersionCommand.version(),
                    build,
                    flags.command(),
                    plan.stream().map(PlannedRun::run).toList(),
                    new SuiteVerdict(stop));
        } catch (IOException e) {
            throw new EnvironmentException(EnvironmentFailure.words(e, directory));
        }
    }

    /** Where the results go: as told, or to a folder of their own that begins with {@code kind}. */
    static Path directory(SuiteFlags flags, String kind) {
        return flags.sources.containsKey("--out")
                ? ScenarioFlags.path(flags.out, "a folder")
                : Path.of(flags.out, kind + "-" + STAMP.format(Instant.now()));
    }

    /** Runs of two suites in one folder would be taken for one; so would runs of two builds. */
    static @Nullable Suite before(SuiteFlags flags, Path directory, String build) {
        Suite before;
        try {
            before = SuitePlan.before(directory);
        } catch (IOException e) {
            throw new UsageException(directory.resolve(Suite.FILE) + " cannot be read ("
                    + e.getClass().getSimpleName() + "); write --out another-folder");
        }
        if (before == null) return null;
        if (!flags.skipDone) {
            throw new UsageException(
                    directory + " holds a suite already; write --skip-done to finish it, or --out another-folder");
        }
        if (!before.build().equals(build)) {
            throw new UsageException(directory + " holds runs of another build of Kilonode (" + before.build()
                    + ", this is " + build + "); write --out another-folder");
        }
        return before;
    }

    /** @param needsMiB of heap, the largest run */
    static ChildProcesses processes(SuiteFlags flags, long needsMiB, boolean wall) {
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
        return new ChildProcesses(Main.class.getName(), heap);
    }

    private static void tell(Suite suite, Path directory, SuiteFlags flags, Console console) throws IOException {
        Aftermath.annotate(
                GitHubAnnotations.of(
                        "Run failed",
                        suite.runs().stream()
                                .filter(run -> run.state() == State.FAIL || run.state() == State.ERROR)
                                .map(SuiteVerdict::named)
                                .toList()),
                console);
        Aftermath.jobSummary(directory.resolve("suite.md"), console);
        if (flags.json()) {
            console.out().print(suite.json());
        } else if (!flags.quiet) {
            console.out().println(directory.resolve("suite.md"));
        }
    }

    /** A run that ended by itself has made its own. */
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
