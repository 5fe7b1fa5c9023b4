package dev.kilonode.simulator.cli;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Fingerprint;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
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
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.wall.LinkException;
import dev.kilonode.simulator.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        String yaml = request.scenario().tree().yaml();
        Manifest manifest = Manifest.starting(
                VersionCommand.version(),
                request.name(),
                scenario.name(),
                hash(yaml),
                scenario.seed(),
                scenario.clock().name().toLowerCase(Locale.ROOT),
                scenario.nodes().count(),
                scenario.duration().toMillis(),
                request.rerun());
        try (Watchdog watchdog = new Watchdog(request, Watchdog.Limits.ofProcess())) {
            return run(request, manifest, watchdog);
        }
    }

    private static RunResult run(RunRequest request, Manifest manifest, Watchdog watchdog) throws IOException {
        Done done;
        try {
            done = live(request, manifest, watchdog);
            watchdog.reporting();
        } catch (LinkException | StoreException e) {
            watchdog.reporting();
            reportCrash(watchdog.directory(), request);
            throw new EnvironmentException(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            watchdog.reporting();
            reportCrash(watchdog.directory(), request); // what there is of a run that we broke
            PluginException plugin = request.scenario().failureOfPlugin(e);
            if (plugin != null) throw plugin;
            throw e;
        }
        Path directory = done.directory();
        Reporter.write(directory, request.scenario().scenario().report().png());
        copies(directory, request);
        return new RunResult(
                done.exit(),
                done.words(),
                directory,
                directory.resolve("report.html"),
                done.end().digest());
    }

    private record Done(RunEnd end, ExitCode exit, String words, Path directory) {}

    /** The run itself. When this returns or throws, nothing refers to its world any more: the report needs memory too. */
    private static Done live(RunRequest request, Manifest manifest, Watchdog watchdog) throws IOException {
        Scenario scenario = request.scenario().scenario();
        Duration cpuBefore = cpu();
        World world = ScenarioWorlds.of(scenario);
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
            boolean overBudget = watchdog.overBudget();
            ExitCode exit = overBudget ? ExitCode.FAIL : request.failOn().exit(end);
            ExitCode stopped = request.stop().cause();
            String why = watchdog.why();
            if (end.interrupted()) {
                writer.event(EventRow.at(EventRow.Type.NOTE, why.isEmpty() ? end.reason() : why, lived.nowMs()));
            }
            List<CheckResult> checks = new ArrayList<>(end.checks());
            if (overBudget) checks.add(overBudget(request, watchdog));
            Summary summary = new Summary(
                    Summary.SCHEMA,
                    overBudget ? Summary.Verdict.FAIL : end.verdict(),
                    stopped == null ? exit.number() : exit.or(stopped).number(),
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
                    end.health());
            writer.finish(summary, end.interrupted() ? Manifest.ABORTED : Manifest.COMPLETE);
            return new Done(end, exit, overBudget ? why : request.failOn().words(end), writer.directory());
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
            return new Lived(RunEnd.beforeItBegan(), 0, 0, Map.of());
        }
    }

    /** The check that every run with a time budget has, where it does not hold. */
    private static CheckResult overBudget(RunRequest request, Watchdog watchdog) {
        Duration budget = request.timeBudget();
        return new CheckResult(
                "time-budget",
                "run.wall",
                "max",
                "<=",
                budget == null ? 0 : budget.toMillis(),
                CheckResult.Status.FAIL,
                watchdog.wallNanos() / 1e6,
                null,
                "a run that needs more real time than --time-budget gives it has failed, however far it came",
                1);
    }

    /** Of a run that is not to be judged. What is lacking for it, memory above all, is not what its user is told of. */
    private static void reportCrash(@Nullable Path directory, RunRequest request) throws IOException {
        if (directory == null) return;
        try {
            Reporter.write(directory);
            copies(directory, request);
        } catch (OutOfMemoryError e) {
            return;
        }
    }

    @Override
    public RunResult report(Path directory) throws IOException {
        Reporter.write(directory);
        RunData data = RunData.read(directory);
        Path report = directory.resolve("report.html");
        return new RunResult(ExitCode.PASS, "report made from data", directory, report, data.digest());
    }

    /** What this process has had of processors so far. */
    static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What tells one resolved scenario from another, its seed included. */
    static String hash(String yaml) {
        return Fingerprint.of(yaml);
    }

    /** What a CI job collects says that the run has not ended, until it has: nobody else can say so of a run that is killed. */
    private static void begin(Path directory, RunRequest request) throws IOException {
        Files.writeString(directory.resolve("junit.xml"), JunitXml.begun(request.name()));
        Files.writeString(directory.resolve("summary.md"), Markdown.begun(request.name()));
        try {
            copies(directory, request);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write what --junit or --summary-md names: " + e.getMessage());
        }
    }

    static void copies(Path directory, RunRequest request) throws IOException {
        copy(directory.resolve("junit.xml"), request.junit());
        copy(directory.resolve("summary.md"), request.summaryMd());
    }

    static void copy(Path from, @Nullable Path to) throws IOException {
        if (to == null) return;
        Path folder = to.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
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
