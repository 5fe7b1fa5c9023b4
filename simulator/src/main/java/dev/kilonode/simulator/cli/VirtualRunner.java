package dev.kilonode.simulator.cli;

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
import dev.kilonode.simulator.harness.RunControl;
import dev.kilonode.simulator.harness.RunEnd;
import dev.kilonode.simulator.harness.RunProgress;
import dev.kilonode.simulator.harness.ScenarioRun;
import dev.kilonode.simulator.harness.ScenarioWorlds;
import dev.kilonode.simulator.harness.StoreException;
import dev.kilonode.simulator.plugin.PluginException;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Model;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.wall.LinkException;
import dev.kilonode.simulator.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
                        request.rerun())
                .of(VersionCommand.build(), Model.VERSION, settingsHash(request.scenario()));
        World world = world(scenario);
        Control control = new Control(request);
        Duration cpuBefore = cpu();
        RunWriter writer = RunWriter.create(
                request.out(), request.name(), manifest, request.scenario().sourceText(), yaml);
        begin(writer.directory(), request);
        try (writer;
                world) {
            ScenarioRun run = new ScenarioRun(
                    world, scenario, request.scenario().transportDesigns(), request.realCrypto(), writer, control);
            RunEnd end = run.run();
            if (end.interrupted()) writer.event(EventRow.at(EventRow.Type.NOTE, end.cutShort(), run.nowMs()));
            List<CheckResult> checks = new ArrayList<>(end.checks());
            checks.addAll(control.timeBudget());
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
                    run.nowMs(),
                    control.wallNanos() / 1_000_000,
                    cpu().minus(cpuBefore).toMillis(),
                    run.messagesDelivered(),
                    end.digest(),
                    checks,
                    run.headlines(),
                    end.health(),
                    verdict.reasons());
            writer.finish(summary, end.interrupted() ? Manifest.ABORTED : Manifest.COMPLETE);
            if (request.baseline() != null) {
                checks.add(request.baseline().judge(writer.directory()));
                summary = summary.with(decided(request, checks, end.health(), end.cutShort()), checks);
                RunWriter.replaceSummary(writer.directory(), summary);
            }
        } catch (LinkException | StoreException e) {
            Reporter.write(writer.directory());
            throw new EnvironmentException(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            leaveWhatThereIs(writer, request, e);
            PluginException plugin = request.scenario().failureOfPlugin(e);
            if (plugin != null) throw plugin;
            String words = EnvironmentFailure.words(e, writer.directory());
            if (words != null) throw new EnvironmentException(words, e);
            throw e;
        }
        Path directory = writer.directory();
        Reporter.write(directory, scenario.report().png());
        try {
            copies(request).write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
        } catch (EnvironmentException e) {
            sayAlso(directory, String.valueOf(e.getMessage()), ExitCode.ENVIRONMENT);
        }
        return result(directory);
    }

    /** Of a run that has ended: that the command ends otherwise, and why, in all outputs. */
    private static void sayAlso(Path directory, String reason, ExitCode exit) throws IOException {
        RunData data = RunData.read(directory);
        Summary summary = data.summary();
        if (summary == null) return;
        RunVerdict verdict = Decision.of(data);
        List<String> reasons = new ArrayList<>(verdict.reasons());
        reasons.add(0, reason);
        int code = ExitCode.of(verdict.exitCode()).or(exit).number();
        RunWriter.replaceSummary(
                directory, summary.with(new RunVerdict(verdict.result(), code, reasons), summary.checks()));
        Reporter.write(directory);
    }

    /** What the run comes to for whoever asked for it; decided once, and stored. */
    private static RunVerdict decided(
            RunRequest request, List<CheckResult> checks, List<HealthResult> health, String cutShort) {
        RunVerdict verdict = request.failOn().applied(Decision.of(checks, health, cutShort), checks);
        ExitCode stopped = request.stop().cause();
        if (stopped == null) return verdict;
        return verdict.endingWith(ExitCode.of(verdict.exitCode()).or(stopped).number());
    }

    /** A report of a run that we broke; that there can be none is no reason to forget what broke it. */
    private static void leaveWhatThereIs(RunWriter writer, RunRequest request, Throwable failure) {
        try {
            writer.close();
            Reporter.write(writer.directory());
            copies(request)
                    .write(
                            writer.directory().resolve("junit.xml"),
                            writer.directory().resolve("summary.md"));
        } catch (IOException | RuntimeException e) {
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

    private static World world(Scenario scenario) {
        try {
            return ScenarioWorlds.of(scenario);
        } catch (LinkException | StoreException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()));
        }
    }

    private static Duration cpu() {
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
        copies(request).draft(directory.resolve("junit.xml"), directory.resolve("summary.md"));
    }

    private static Copies copies(RunRequest request) {
        return new Copies(request.junit(), request.summaryMd());
    }

    /** Tells the terminal how far the run is, and the run when to stop. */
    private static final class Control implements RunControl {

        private final RunRequest request;
        private final long startedNanos = System.nanoTime();
        private boolean overBudget;

        Control(RunRequest request) {
            this.request = request;
        }

        long wallNanos() {
            return System.nanoTime() - startedNanos;
        }

        @Override
        public String whyStopped() {
            Duration budget = request.timeBudget();
            if (overBudget && budget != null) return "over its time budget of " + Durations.text(budget);
            return request.stop().cause() == ExitCode.INTERRUPTED
                    ? "interrupted by Ctrl-C"
                    : "interrupted by a request to stop";
        }

        /** The built-in check {@code time-budget}; none where there is no budget. */
        List<CheckResult> timeBudget() {
            Duration budget = request.timeBudget();
            if (budget == null) return List.of();
            return List.of(new CheckResult(
                    "time-budget",
                    CheckResult.RUN_TIME,
                    "max",
                    "<=",
                    budget.toMillis(),
                    overBudget ? CheckResult.Status.FAIL : CheckResult.Status.PASS,
                    wallNanos() / 1e6,
                    null,
                    "a run over its time budget has failed",
                    1));
        }

        @Override
        public boolean stopRequested() {
            Duration budget = request.timeBudget();
            overBudget = budget != null && wallNanos() > budget.toNanos();
            return overBudget || request.stop().requested();
        }

        @Override
        public void progress(RunProgress now) {
            request.progress()
                    .report(new ProgressReport(
                            now.virtualNanos(),
                            now.durationNanos(),
                            wallNanos(),
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
