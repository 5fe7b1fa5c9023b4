package dev.kilonode.simulator.run;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.render.text.JunitXml;
import dev.kilonode.reports.render.text.Markdown;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.plugins.PluginException;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.distributed.WorkerFailedException;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.run.harness.RunEnd;
import dev.kilonode.simulator.run.harness.RunProgress;
import dev.kilonode.simulator.run.harness.ScenarioRun;
import dev.kilonode.simulator.run.harness.ScenarioWorlds;
import dev.kilonode.simulator.run.harness.StoreException;
import dev.kilonode.simulator.scenario.ModelVersion;
import dev.kilonode.simulator.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes runs in this process: run directory, run, verdict, reports. */
public final class LocalRunner implements Runner {

    private final @Nullable ProcessOwner owner;

    /** For runs inside another program. */
    public LocalRunner() {
        this(null);
    }

    /** @param owner ends the process if a run hangs; null if nothing may end it */
    public LocalRunner(@Nullable ProcessOwner owner) {
        this.owner = owner;
    }

    @Override
    public RunResult run(RunSpec request, ProgressListener progress, StopSignal stop) throws IOException {
        Scenario scenario = request.scenario().scenario();
        Manifest manifest = Manifest.starting(
                        BuildInfo.version(),
                        request.name(),
                        scenario.name(),
                        ScenarioHash.of(request.scenario()),
                        scenario.seed(),
                        scenario.clock().name().toLowerCase(Locale.ROOT),
                        scenario.nodes().count(),
                        scenario.duration().toMillis(),
                        request.command())
                .of(BuildInfo.build(), ModelVersion.VERSION, ScenarioHash.ofSettings(request.scenario()));
        try (Watchdog watchdog = new Watchdog(request, stop, owner, Watchdog.Limits.ofProcess())) {
            return run(request, manifest, new Control(progress, stop, watchdog), watchdog);
        }
    }

    private static RunResult run(RunSpec request, Manifest manifest, Control control, Watchdog watchdog)
            throws IOException {
        EvaluatedRun evaluated;
        try {
            evaluated = execute(request, manifest, control, watchdog);
            watchdog.reporting();
        } catch (IOException | RuntimeException | Error e) {
            watchdog.reporting();
            throw exceptionFor(request, watchdog.directory(), e);
        }
        Path directory = evaluated.directory();
        if (request.baseline() != null) applyBaseline(request, control.stop, request.baseline(), evaluated);
        Reporter.write(directory, request.scenario().scenario().report().png());
        try {
            request.copies().write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
        } catch (EnvironmentException e) {
            RecoveredSummary.addFailure(directory, ExitCode.ENVIRONMENT, String.valueOf(e.getMessage()));
            Reporter.write(directory, request.scenario().scenario().report().png());
        }
        return result(directory);
    }

    /** A run that has ended, with the inputs of its verdict. */
    private record EvaluatedRun(
            Path directory, List<CheckResult> checks, List<HealthResult> health, String cutShort, Summary summary) {}

    /** Executes the run. When this returns or throws, nothing refers to its world any more, so that the report can use the memory. */
    private static EvaluatedRun execute(RunSpec request, Manifest manifest, Control control, Watchdog watchdog)
            throws IOException {
        if (request.workers() != null) return executeOver(request.workers(), request, manifest, control, watchdog);
        Duration cpuBefore = cpu();
        World world = ScenarioWorlds.of(request.scenario(), request.threads());
        RunWriter writer = writer(request, manifest);
        try (writer;
                world) {
            begin(writer, request, watchdog);
            watchdog.world(world);
            EndedRun ended = simulate(request, world, writer, control);
            OutOfMemoryError memory = OutOfMemory.seen();
            if (memory != null) throw memory; // a library has swallowed it
            return finish(request, manifest, writer, control, watchdog, ended, cpu().minus(cpuBefore));
        }
    }

    private static RunWriter writer(RunSpec request, Manifest manifest) {
        return RunWriter.create(
                request.out(),
                request.name(),
                manifest,
                request.scenario().sourceText(),
                request.scenario().tree().yaml());
    }

    /** As {@link #execute}, with the nodes in other processes. The watchdog watches from the first wait for workers on. */
    private static EvaluatedRun executeOver(
            WorkerRequest workers, RunSpec request, Manifest manifest, Control control, Watchdog watchdog)
            throws IOException {
        Duration cpuBefore = cpu();
        try (RunOverWorkers run = RunOverWorkers.open(workers, request, control, watchdog, System.err)) {
            boolean ready = run.assemble();
            try (RunWriter writer = writer(request, manifest)) {
                begin(writer, request, watchdog);
                EndedRun ended = ready ? run.execute(writer) : EndedRun.beforeItBegan(control);
                Duration used = cpu().minus(cpuBefore).plus(run.cpuOfWorkers());
                return finish(request, manifest, writer, control, watchdog, ended, used);
            }
        }
    }

    private static EvaluatedRun finish(
            RunSpec request,
            Manifest manifest,
            RunWriter writer,
            Control control,
            Watchdog watchdog,
            EndedRun ended,
            Duration cpu) {
        Scenario scenario = request.scenario().scenario();
        RunEnd end = ended.end();
        if (end.interrupted()) writer.event(EventRow.at(EventRow.Type.NOTE, end.cutShort(), ended.nowMs()));
        List<CheckResult> checks = new ArrayList<>(end.checks());
        checks.addAll(timeBudget(request, watchdog));
        RunVerdict verdict = verdictOf(request, control.stop, checks, end.health(), end.cutShort());
        Summary summary = new Summary(
                Summary.SCHEMA,
                verdict.result(),
                verdict.exitCode(),
                scenario.name(),
                manifest.scenarioHash(),
                scenario.seed(),
                manifest.clock(),
                scenario.nodes().count(),
                ended.nowMs(),
                watchdog.wallNanos() / 1_000_000,
                cpu.toMillis(),
                ended.messagesDelivered(),
                end.digest(),
                checks,
                ended.headlines(),
                end.health(),
                verdict.reasons());
        writer.finish(summary, end.interrupted() ? Manifest.ABORTED : Manifest.COMPLETE);
        return new EvaluatedRun(writer.directory(), checks, end.health(), end.cutShort(), summary);
    }

    /** A run that has ended, and its figures. */
    record EndedRun(RunEnd end, long nowMs, long messagesDelivered, Map<String, Double> headlines) {

        private static EndedRun beforeItBegan(Control control) {
            return new EndedRun(RunEnd.beforeItBegan(control.whyStopped()), 0, 0, Map.of());
        }
    }

    private static EndedRun simulate(RunSpec request, World world, RunWriter writer, Control control) {
        try {
            ScenarioRun run = new ScenarioRun(
                    world,
                    request.scenario().scenario(),
                    request.scenario().transportDesigns(),
                    request.realCrypto(),
                    writer,
                    control);
            RunEnd end = run.run();
            return new EndedRun(end, run.nowMs(), run.messagesDelivered(), run.headlines());
        } catch (InterruptedRunException e) {
            return EndedRun.beforeItBegan(control);
        }
    }

    /** The built-in check of a run with a time budget; empty if there is no budget. */
    private static List<CheckResult> timeBudget(RunSpec request, Watchdog watchdog) {
        Duration budget = request.timeBudget();
        if (budget == null) return List.of();
        return List.of(new CheckResult(
                "time-budget",
                CheckResult.RUN_TIME,
                "max",
                "<=",
                budget.toMillis(),
                watchdog.overBudget() ? CheckResult.Status.FAIL : CheckResult.Status.PASS,
                watchdog.wallNanos() / 1e6,
                null,
                "a run that exceeds the real time of --time-budget fails, however far it came",
                1));
    }

    /** The verdict with the request's settings; computed once, and stored. */
    private static RunVerdict verdictOf(
            RunSpec request, StopSignal stop, List<CheckResult> checks, List<HealthResult> health, String cutShort) {
        RunVerdict verdict = request.failOn().applied(VerdictPolicy.of(checks, health, cutShort), checks);
        ExitCode stopped = stop.cause();
        if (stopped == null) return verdict;
        return verdict.endingWith(ExitCode.of(verdict.exitCode()).or(stopped).number());
    }

    /** Adds the result of the baseline check to the verdict. */
    private static void applyBaseline(RunSpec request, StopSignal stop, BaselineCheck baseline, EvaluatedRun evaluated)
            throws IOException {
        List<CheckResult> checks = new ArrayList<>(evaluated.checks());
        checks.add(baseline.evaluate(evaluated.directory()));
        RunVerdict verdict = verdictOf(request, stop, checks, evaluated.health(), evaluated.cutShort());
        RunWriter.replaceSummary(evaluated.directory(), evaluated.summary().with(verdict, checks));
    }

    /**
     * The exception to throw for a failed run; its report has the same message.
     *
     * @param directory null if the run failed before it was created
     */
    private static RuntimeException exceptionFor(RunSpec request, @Nullable Path directory, Throwable failure) {
        PluginException plugin = request.scenario().pluginFailure(failure);
        boolean ours = failure instanceof LinkException
                || failure instanceof StoreException
                || failure instanceof ClusterException;
        String words = plugin != null
                ? plugin.getMessage()
                : ours ? failure.getMessage() : EnvironmentFailure.words(failure, directory);
        ExitCode exit = words == null ? ExitCode.INTERNAL : ExitCode.ENVIRONMENT;
        if (failure instanceof WorkerFailedException worker) {
            exit = ExitCode.of(worker.exitCode());
            words = exit == ExitCode.INTERNAL ? null : worker.getMessage();
        }
        if (directory != null) {
            writeFailureReport(
                    request, directory, exit, words == null ? "a bug in Kilonode: " + failure : words, failure);
        }
        if (plugin != null) return plugin;
        if (words != null && exit == ExitCode.USAGE) return (WorkerFailedException) failure;
        if (words != null) return new EnvironmentException(words, failure);
        if (failure instanceof Error error) throw error;
        return failure instanceof RuntimeException e ? e : new UncheckedIOException((IOException) failure);
    }

    /** Writes the report of a failed run. If that fails too, the original failure is kept. */
    private static void writeFailureReport(
            RunSpec request, Path directory, ExitCode exit, String words, Throwable failure) {
        try {
            RunData data = RunData.read(directory);
            if (data.summary() == null && data.integrity().intact()) RecoveredSummary.ofKilled(data);
            RecoveredSummary.addFailure(directory, exit, words);
            Reporter.write(directory);
            request.copies().write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public RunResult report(Path directory) throws IOException {
        RunData data = RunData.read(directory);
        if (!data.integrity().intact()) RecoveredSummary.ofDamaged(data);
        else RunWriter.restoreSummary(directory);
        boolean killed = data.summary() == null && data.manifest().status().equals(Manifest.CRASHED);
        if (killed && data.integrity().intact()) RecoveredSummary.ofKilled(data);
        Reporter.write(directory);
        return result(directory);
    }

    /** The result as stored in the run directory. */
    private static RunResult result(Path directory) throws IOException {
        RunData data = RunData.read(directory);
        RunVerdict verdict = VerdictPolicy.of(data);
        return new RunResult(
                ExitCode.of(verdict.exitCode()),
                verdict.words(),
                directory,
                directory.resolve("report.html"),
                data.digest());
    }

    /** Processor time of this process so far. */
    static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Writes reports that say the run has not ended, for a CI job to collect if the run is killed. */
    private static void begin(RunWriter writer, RunSpec request, Watchdog watchdog) throws IOException {
        Path directory = writer.directory();
        watchdog.directory(directory);
        Files.writeString(directory.resolve("junit.xml"), JunitXml.begun(request.name()));
        Files.writeString(directory.resolve("summary.md"), Markdown.begun(request.name()));
        request.copies().draft(directory.resolve("junit.xml"), directory.resolve("summary.md"));
    }

    /** Reports progress to the listener, and tells the run when to stop. */
    static final class Control implements RunControl {

        private final ProgressListener listener;
        private final StopSignal stop;
        private final Watchdog watchdog;

        Control(ProgressListener listener, StopSignal stop, Watchdog watchdog) {
            this.listener = listener;
            this.stop = stop;
            this.watchdog = watchdog;
        }

        @Override
        public boolean stopRequested() {
            return watchdog.stopRequested();
        }

        @Override
        public String whyStopped() {
            return watchdog.why();
        }

        @Override
        public void progress(RunProgress now) {
            listener.report(new ProgressReport(
                    now.virtualNanos(),
                    now.durationNanos(),
                    watchdog.wallNanos(),
                    now.nodesUp(),
                    now.messagesDelivered(),
                    now.drops(),
                    now.identityTimeouts(),
                    now.uploadsRunning(),
                    now.uploadsSucceeded(),
                    now.uploadsFailed(),
                    now.uploadP50Ms(),
                    now.uploadP95Ms(),
                    now.checks()));
        }
    }
}
