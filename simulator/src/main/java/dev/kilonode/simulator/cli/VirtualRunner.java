package dev.kilonode.simulator.cli;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Fingerprint;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
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
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.wall.LinkException;
import dev.kilonode.simulator.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
                request.rerun());
        World world = world(scenario);
        Control control = new Control(request);
        Duration cpuBefore = cpu();
        RunWriter writer = RunWriter.create(
                request.out(), request.name(), manifest, request.scenario().sourceText(), yaml);
        begin(writer.directory(), request);
        RunEnd end;
        ExitCode exit;
        try (writer;
                world) {
            ScenarioRun run = new ScenarioRun(
                    world, scenario, request.scenario().transportDesigns(), request.realCrypto(), writer, control);
            end = run.run();
            exit = control.overBudget ? ExitCode.FAIL : request.failOn().exit(end);
            ExitCode stopped = request.stop().cause();
            if (end.interrupted()) {
                String why = control.stoppedIt() ? control.why() : end.reason();
                writer.event(EventRow.at(EventRow.Type.NOTE, why, run.nowMs()));
            }
            Summary summary = new Summary(
                    Summary.SCHEMA,
                    control.overBudget ? Summary.Verdict.FAIL : end.verdict(),
                    stopped == null ? exit.number() : exit.or(stopped).number(),
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
                    end.checks(),
                    run.headlines(),
                    end.health());
            writer.finish(summary, end.interrupted() ? Manifest.ABORTED : Manifest.COMPLETE);
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
        String words = control.overBudget ? control.why() : request.failOn().words(end);
        try {
            copies(request).write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
        } catch (EnvironmentException e) {
            exit = exit.or(ExitCode.ENVIRONMENT);
            words = e.getMessage() + "; of the run itself: " + words;
        }
        return new RunResult(exit, words, directory, directory.resolve("report.html"), end.digest());
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
        Reporter.write(directory);
        RunData data = RunData.read(directory);
        Path report = directory.resolve("report.html");
        return new RunResult(ExitCode.PASS, "report made from data", directory, report, data.digest());
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

        /** Whether it was this that ended the run before its time, and not a check. */
        boolean stoppedIt() {
            return overBudget || request.stop().requested();
        }

        /** Why this ended the run before its time. */
        String why() {
            Duration budget = request.timeBudget();
            if (overBudget && budget != null) return "over its time budget of " + Durations.text(budget);
            return request.stop().cause() == ExitCode.INTERRUPTED ? "by Ctrl-C" : "by a request to stop";
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
