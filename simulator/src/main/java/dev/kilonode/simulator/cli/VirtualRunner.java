package dev.kilonode.simulator.cli;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.compare.Settings;
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
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Model;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.wall.LinkException;
import dev.kilonode.simulator.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
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
                        request.rerun())
                .of(VersionCommand.build(), Model.VERSION, settingsHash(request.scenario()));
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
            writer.close();
            Reporter.write(writer.directory()); // what there is of a run that we broke
            copies(writer.directory(), request);
            PluginException plugin = request.scenario().failureOfPlugin(e);
            if (plugin != null) throw plugin;
            throw e;
        }
        Path directory = writer.directory();
        Reporter.write(directory, scenario.report().png());
        copies(directory, request);
        String words = control.overBudget ? control.why() : request.failOn().words(end);
        return new RunResult(exit, words, directory, directory.resolve("report.html"), end.digest());
    }

    @Override
    public RunResult report(Path directory) throws IOException {
        Reporter.write(directory);
        RunData data = RunData.read(directory);
        Path report = directory.resolve("report.html");
        ExitCode exit = data.integrity().intact() ? ExitCode.PASS : ExitCode.INCONCLUSIVE;
        String words = data.integrity().intact()
                ? ""
                : ", which decide nothing: " + data.integrity().words();
        return new RunResult(exit, "report made from data" + words, directory, report, data.digest());
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
        try {
            copies(directory, request);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write what --junit or --summary-md names: " + e.getMessage());
        }
    }

    private static void copies(Path directory, RunRequest request) throws IOException {
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
