package dev.kilonode.simulator.cli;

import dev.kilonode.reports.render.text.GitHubAnnotations;
import dev.kilonode.reports.render.text.GridText;
import dev.kilonode.reports.suite.Grid;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteAxis;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.reports.suite.SuiteShare;
import dev.kilonode.simulator.experiments.suite.BuildFingerprint;
import dev.kilonode.simulator.experiments.suite.LeasedRunExecutor;
import dev.kilonode.simulator.experiments.suite.LocalRunExecutor;
import dev.kilonode.simulator.experiments.suite.PlannedRun;
import dev.kilonode.simulator.experiments.suite.RunExecutor;
import dev.kilonode.simulator.experiments.suite.SuiteExecution;
import dev.kilonode.simulator.experiments.suite.SuiteFolder;
import dev.kilonode.simulator.experiments.suite.SuitePages;
import dev.kilonode.simulator.experiments.suite.SuitePlan;
import dev.kilonode.simulator.experiments.suite.SuiteSpec;
import dev.kilonode.simulator.experiments.suite.SuiteVerdict;
import dev.kilonode.simulator.experiments.suite.SuiteWriter;
import dev.kilonode.simulator.experiments.suite.Variation;
import dev.kilonode.simulator.plugins.PluginFolder;
import dev.kilonode.simulator.run.BuildInfo;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.RunOverWorkers;
import dev.kilonode.simulator.run.Runner;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
        return "FILE... | merge DIR...";
    }

    @Override
    public String summary() {
        return "runs scenarios x seeds x repetitions, one verdict; merge joins shares";
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
        if (flags.operands.get(0).equals(SuiteMergeStep.NAME)) return SuiteMergeStep.run(flags, console);
        flags.refuseSingleRunFlags();
        List<ScenarioRequest> scenarios =
                flags.operands.stream().map(flags::scenario).toList();
        return make(
                flags,
                List.of(),
                directory -> new SuiteSpec(
                        scenarios,
                        List.of(Variation.NONE),
                        flags.seeds(),
                        flags.repetitions(),
                        flags.share(),
                        SuiteSpec.MOST_RUNS,
                        directory,
                        flags.runArguments()),
                console);
    }

    /**
     * Makes the runs of a suite or a sweep.
     *
     * @param axes what a sweep varies
     * @param request the runs, given the folder of their results
     */
    CommandResult make(SuiteFlags flags, List<SuiteAxis> axes, Function<Path, SuiteSpec> request, Console console)
            throws Exception {
        Path directory = directory(flags, flags.commandName());
        Path plugins = flags.pluginFolder();
        String build = BuildFingerprint.ofThisProgramAnd(plugins == null ? List.of() : PluginFolder.jars(plugins));
        Suite before = SuiteFolder.before(directory, build, flags.skipDone);
        SuitePlan planning = new SuitePlan(request.apply(directory), loader);
        List<PlannedRun> plan = planning.runs(before);
        try (RunExecutor executor = executor(flags, directory, planning.heapMiB(), planning.hasWallClock(), console)) {
            StopSignal stop = new StopSignal();
            Suite whole = whole(flags, build, axes, planning.whole());
            SuiteSpec.Share own = flags.share();
            SuiteShare share = own == null ? null : new SuiteShare(own.number(), own.of(), whole.planHash());
            SuiteFolder.refuseOtherShare(directory, before, share);
            SuiteWriter book = book(flags, directory, build, axes, share, plan, stop);
            planning.setAsideWhatIsReplaced();
            if (share != null) Suite.replace(directory.resolve(Suite.PLAN), whole.json());
            flags.copies().draft(directory.resolve("junit.xml"), directory.resolve("suite.md"));
            SuiteProgress progress =
                    new SuiteProgress(console, plan.size(), book.current().ended(), flags.quiet);
            SuitePages pages = new SuitePages(directory);
            SuiteExecution execution = new SuiteExecution(
                    plan,
                    book,
                    executor,
                    flags.budget(),
                    stop::requested,
                    new SuiteListener(
                            runner, directory, progress, console, () -> pages.writeNowAndThen(book.current())));
            if (!flags.quiet) {
                console.err()
                        .println(name(flags, share) + ": " + plan.size() + " runs, "
                                + plan.stream()
                                        .filter(one -> one.run().state() == State.WAITING)
                                        .count()
                                + " to make, " + where(flags) + ", in " + directory);
            }
            SignalHandlers.install(stop, console, execution::killAll);
            Suite suite;
            try {
                suite = execution.run();
                tell(suite, pages.write(suite), directory, flags, console);
            } catch (IOException e) {
                throw new EnvironmentException("the suite cannot go on: " + EnvironmentFailure.words(e, directory)
                        + "; the results so far are in " + directory.resolve(Suite.FILE));
            }
            flags.copies().write(directory.resolve("junit.xml"), directory.resolve("suite.md"));
            return new CommandResult(ExitCode.of(suite.exitCode()), suite.words(), directory.resolve(SuitePages.PAGE));
        }
    }

    private static String name(SuiteFlags flags, @Nullable SuiteShare share) {
        return flags.commandName() + (share == null ? "" : ", " + share);
    }

    /** The suite of which a share is made, before any run. */
    private static Suite whole(SuiteFlags flags, String build, List<SuiteAxis> axes, List<SuiteRun> runs) {
        return new Suite(
                Suite.SCHEMA,
                BuildInfo.version(),
                build,
                flags.command(),
                Suite.RUNNING,
                ExitCode.INCONCLUSIVE.name().toLowerCase(Locale.ROOT),
                ExitCode.INCONCLUSIVE.number(),
                "the plan of all shares",
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                null,
                axes,
                null,
                runs);
    }

    static SuiteWriter book(
            SuiteFlags flags,
            Path directory,
            String build,
            List<SuiteAxis> axes,
            @Nullable SuiteShare share,
            List<PlannedRun> plan,
            StopSignal stop) {
        try {
            return new SuiteWriter(
                    directory,
                    BuildInfo.version(),
                    build,
                    flags.command(),
                    axes,
                    share,
                    plan.stream().map(PlannedRun::run).toList(),
                    new SuiteVerdict(stop, share));
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

    /** Where the runs are made, in words. */
    static String where(SuiteFlags flags) {
        return flags.leases.listen == null ? flags.jobs() + " at a time" : "on workers that join";
    }

    /**
     * What makes the runs: this machine, or workers.
     *
     * @param needsMiB heap in MiB that the largest run needs
     */
    static RunExecutor executor(SuiteFlags flags, Path directory, long needsMiB, boolean wall, Console console) {
        ClusterProvider.Listen at = flags.leases.at(flags);
        if (at == null) return new LocalRunExecutor(processes(flags, needsMiB, wall), directory, flags.jobs());
        Duration budget = flags.budget();
        LeasedRunExecutor.LeaseTerms terms = new LeasedRunExecutor.LeaseTerms(
                flags.failOn, budget == null ? 0 : budget.toMillis(), flags.realCrypto, flags.leases.patience(flags));
        ControlPlane plane = RunOverWorkers.provider().listen(at, console.err());
        console.err().println("workers join at " + plane.address());
        return new LeasedRunExecutor(plane, terms, directory, console.err());
    }

    /** @param needsMiB heap in MiB that the largest run needs */
    private static ProcessLauncher processes(SuiteFlags flags, long needsMiB, boolean wall) {
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
        return new ProcessLauncher(Main.class.getName(), heap, flags.threadsOfEachRun());
    }

    /** Prints the results, and tells them to the CI system that runs this. */
    static void tell(Suite suite, Grid grid, Path directory, SuiteFlags flags, Console console) throws IOException {
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
            if (!suite.axes().isEmpty()) GridText.table(grid).forEach(console.out()::println);
            console.out().println(directory.resolve("suite.md"));
        }
    }
}
