package dev.kilonode.simulator.cli;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.compare.Settings;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Fingerprint;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.story.Decision;
import dev.kilonode.reports.text.JunitXml;
import dev.kilonode.reports.text.Markdown;
import dev.kilonode.simulator.engine.InterruptedRunException;
import dev.kilonode.simulator.harness.RunControl;
import dev.kilonode.simulator.harness.RunEnd;
import dev.kilonode.simulator.harness.RunProgress;
import dev.kilonode.simulator.harness.ScenarioRun;
import dev.kilonode.simulator.harness.ScenarioWorlds;
import dev.kilonode.simulator.harness.StoreException;
import dev.kilonode.simulator.plugin.PluginException;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Model;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.world.World;
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

/** Carries out runs in virtual time: run directory, run, verdict, reports. */
public final class VirtualRunner implements Runner {

    @Override
    public RunResult run(RunRequest request) throws IOException {
        Scenario scenario = request.scenario().scenario();
        Manifest manifest = Manifest.starting(
                        VersionCommand.version(),
                        request.name(),
                        scenario.name(),
                        hash(request.scenario().tree().yaml()),
                        scenario.seed(),
                        scenario.clock().name().toLowerCase(Locale.ROOT),
                        scenario.nodes().count(),
                        scenario.duration().toMillis(),
                        request.rerun())
                .of(VersionCommand.build(), Model.VERSION, settingsHash(request.scenario()));
        try (Watchdog watchdog = new Watchdog(request, Watchdog.Limits.ofProcess())) {
            return run(request, manifest, watchdog);
        }
    }

    private static RunResult run(RunRequest request, Manifest manifest, Watchdog watchdog) throws IOException {
        Judged judged;
        try {
            judged = live(request, manifest, watchdog);
            watchdog.reporting();
        } catch (IOException | RuntimeException | Error e) {
            watchdog.reporting();
            throw broken(request, watchdog.directory(), e);
        }
        Path directory = judged.directory();
        if (request.baseline() != null) hold(request, request.baseline(), judged);
        Reporter.write(directory, request.scenario().scenario().report().png());
        try {
            request.copies().write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
        } catch (EnvironmentException e) {
            RecordedSummary.alsoSaying(directory, ExitCode.ENVIRONMENT, String.valueOf(e.getMessage()));
            Reporter.write(directory, request.scenario().scenario().report().png());
        }
        return result(directory);
    }

    /** A run that has ended, and what decides what it comes to. */
    private record Judged(
            Path directory, List<CheckResult> checks, List<HealthResult> health, String cutShort, Summary summary) {}

    /** The run itself. When this returns or throws, nothing refers to its world any more: the report needs memory too. */
    private static Judged live(RunRequest request, Manifest manifest, Watchdog watchdog) throws IOException {
        Scenario scenario = request.scenario().scenario();
        Duration cpuBefore = cpu();
        World world = ScenarioWorlds.of(scenario, request.scenario().link());
        RunWriter writer = RunWriter.create(
                request.out(),
                request.name(),
                manifest,
                request.scenario().sourceText(),
                request.scenario().tree().yaml());
        try (writer;
                world) {
            watchdog.directory(writer.directory());
            begin(writer.directory(), request);
            watchdog.world(world);
            Lived lived = lived(request, world, writer, new Control(request, watchdog));
            OutOfMemoryError memory = OutOfMemory.seen();
            if (memory != null) throw memory; // somebody has swallowed it
            RunEnd end = lived.end();
            if (end.interrupted()) writer.event(EventRow.at(EventRow.Type.NOTE, end.cutShort(), lived.nowMs()));
            List<CheckResult> checks = new ArrayList<>(end.checks());
            checks.addAll(timeBudget(request, watchdog));
            RunVerdict verdict = decided(request, checks, end.health(), end.cutShort());
            Summary summary = new Summary(
                    Summary.SCHEMA,
                    verdict.result(),
                    verdict.exitCode(),
                    scenario.name(),
                    manifest.scenarioHash(),
                    scenario.seed(),
                    manifest.clock(),
                    scenario.nodes().count(),
                    lived.nowMs(),
                    watchdog.wallNanos() / 1_000_000,
                    cpu().minus(cpuBefore).toMillis(),
                    lived.messagesDelivered(),
                    end.digest(),
                    checks,
                    lived.headlines(),
                    end.health(),
                    verdict.reasons());
            writer.finish(summary, end.interrupted() ? Manifest.ABORTED : Manifest.COMPLETE);
            return new Judged(writer.directory(), checks, end.health(), end.cutShort(), summary);
        }
    }

    private record Lived(RunEnd end, long nowMs, long messagesDelivered, Map<String, Double> headlines) {}

    private static Lived lived(RunRequest request, World world, RunWriter writer, Control control) {
        try {
            ScenarioRun run = new ScenarioRun(
                    world,
                    request.scenario().scenario(),
                    request.scenario().transportDesigns(),
                    request.realCrypto(),
                    writer,
                    control);
            RunEnd end = run.run();
            return new Lived(end, run.nowMs(), run.messagesDelivered(), run.headlines());
        } catch (InterruptedRunException e) {
            return new Lived(RunEnd.beforeItBegan(control.whyStopped()), 0, 0, Map.of());
        }
    }

    /** The built-in check of a run with a time budget; none where there is no budget. */
    private static List<CheckResult> timeBudget(RunRequest request, Watchdog watchdog) {
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
                "a run that needs more real time than --time-budget gives it has failed, however far it came",
                1));
    }

    /** What the run comes to for whoever asked for it; decided once, and stored. */
    private static RunVerdict decided(
            RunRequest request, List<CheckResult> checks, List<HealthResult> health, String cutShort) {
        RunVerdict verdict = request.failOn().applied(Decision.of(checks, health, cutShort), checks);
        ExitCode stopped = request.stop().cause();
        if (stopped == null) return verdict;
        return verdict.endingWith(ExitCode.of(verdict.exitCode()).or(stopped).number());
    }

    /** Adds what the baseline says to what decides. */
    private static void hold(RunRequest request, BaselineGate baseline, Judged judged) throws IOException {
        List<CheckResult> checks = new ArrayList<>(judged.checks());
        checks.add(baseline.judge(judged.directory()));
        RunVerdict verdict = decided(request, checks, judged.health(), judged.cutShort());
        RunWriter.replaceSummary(judged.directory(), judged.summary().with(verdict, checks));
    }

    /**
     * What to throw over a run that was broken, of which there is a report that says the same.
     *
     * @param directory null if the run has not come that far
     */
    private static RuntimeException broken(RunRequest request, @Nullable Path directory, Throwable failure) {
        PluginException plugin = request.scenario().failureOfPlugin(failure);
        boolean ours = failure instanceof LinkException || failure instanceof StoreException;
        String words = plugin != null
                ? plugin.getMessage()
                : ours ? failure.getMessage() : EnvironmentFailure.words(failure, directory);
        ExitCode exit = words == null ? ExitCode.INTERNAL : ExitCode.ENVIRONMENT;
        if (directory != null) {
            leaveWhatThereIs(
                    request, directory, exit, words == null ? "a bug in Kilonode: " + failure : words, failure);
        }
        if (plugin != null) return plugin;
        if (words != null) return new EnvironmentException(words, failure);
        if (failure instanceof Error error) throw error;
        return failure instanceof RuntimeException e ? e : new UncheckedIOException((IOException) failure);
    }

    /** A report of a run that we broke; that there can be none is no reason to forget what broke it. */
    private static void leaveWhatThereIs(
            RunRequest request, Path directory, ExitCode exit, String words, Throwable failure) {
        try {
            RunData data = RunData.read(directory);
            if (data.summary() == null && data.integrity().intact()) RecordedSummary.ofKilled(data);
            RecordedSummary.alsoSaying(directory, exit, words);
            Reporter.write(directory);
            request.copies().write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public RunResult report(Path directory) throws IOException {
        RunData data = RunData.read(directory);
        if (!data.integrity().intact()) RecordedSummary.ofDamaged(data);
        else RunWriter.restoreSummary(directory);
        boolean killed = data.summary() == null && data.manifest().status().equals(Manifest.CRASHED);
        if (killed && data.integrity().intact()) RecordedSummary.ofKilled(data);
        Reporter.write(directory);
        return result(directory);
    }

    /** As the run directory says. */
    private static RunResult result(Path directory) throws IOException {
        RunData data = RunData.read(directory);
        RunVerdict verdict = Decision.of(data);
        return new RunResult(
                ExitCode.of(verdict.exitCode()),
                verdict.words(),
                directory,
                directory.resolve("report.html"),
                data.digest());
    }

    /** What this process has had of processors so far. */
    static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What tells one resolved scenario from another, its seed included. */
    static String hash(String yaml) {
        return Fingerprint.of(yaml);
    }

    /** What tells one network from another: of settings that decide it, those that are not at their defaults. */
    static String settingsHash(LoadedScenario loaded) {
        try {
            return Settings.hash(loaded.tree().yaml(), ScenarioLoader.builtInYaml());
        } catch (IOException e) {
            throw new IllegalStateException("the resolved scenario is not YAML", e);
        }
    }

    /** What a CI job collects says that the run has not ended, until it has: nobody else can say so of a run that is killed. */
    private static void begin(Path directory, RunRequest request) throws IOException {
        Files.writeString(directory.resolve("junit.xml"), JunitXml.begun(request.name()));
        Files.writeString(directory.resolve("summary.md"), Markdown.begun(request.name()));
        request.copies().draft(directory.resolve("junit.xml"), directory.resolve("summary.md"));
    }

    /** Tells the terminal how far the run is, and the run when to stop. */
    private static final class Control implements RunControl {

        private final RunRequest request;
        private final Watchdog watchdog;

        Control(RunRequest request, Watchdog watchdog) {
            this.request = request;
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
            request.progress()
                    .report(new ProgressReport(
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
