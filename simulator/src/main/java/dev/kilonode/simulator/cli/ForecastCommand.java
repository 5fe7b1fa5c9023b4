package dev.kilonode.simulator.cli;

import dev.kilonode.reports.forecast.Forecast;
import dev.kilonode.reports.render.text.ForecastText;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.simulator.plugin.PluginFolder;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.suite.BuildFingerprint;
import dev.kilonode.simulator.suite.ChildProcesses;
import dev.kilonode.simulator.suite.PlannedRun;
import dev.kilonode.simulator.suite.SuiteBook;
import dev.kilonode.simulator.suite.SuiteExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code forecast FILE}: runs on until the network breaks or the horizon ends, each run in a process of its own. */
final class ForecastCommand implements Command<ForecastFlags> {
    private final ScenarioLoader loader;
    private final Runner runner;

    /** @param runner makes the reports of runs that were killed */
    ForecastCommand(ScenarioLoader loader, Runner runner) {
        this.loader = loader;
        this.runner = runner;
    }

    @Override
    public String name() {
        return "forecast";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "runs until the network breaks or the horizon ends: when it breaks, which resource first";
    }

    @Override
    public ForecastFlags newFlags() {
        return new ForecastFlags();
    }

    @Override
    public Verdict run(ForecastFlags flags, Console console) throws Exception {
        flags.refuseThoseOfOneRun();
        Path directory = SuiteCommand.directory(flags, name());
        Path plugins = flags.pluginFolder();
        String build = BuildFingerprint.ofThisProgramAnd(plugins == null ? List.of() : PluginFolder.jars(plugins));
        ForecastPlan plan = new ForecastPlan(flags, loader, directory, SuiteCommand.before(flags, directory, build));
        if (plan.scenario().clock() == Clock.WALL) {
            throw new UsageException(
                    "a forecast needs virtual time, in which days take minutes; write --clock virtual");
        }
        ChildProcesses processes = SuiteCommand.processes(flags, plan.heapMiB(), false);
        List<PlannedRun> runs =
                plan.runs().stream().map(ForecastPlan.Planned::run).toList();
        StopSignal stop = new StopSignal();
        SuiteBook book = SuiteCommand.book(flags, directory, build, runs, stop);
        ForecastBook forecasts = new ForecastBook(plan, flags, directory, stop);
        SuiteProgress progress = new SuiteProgress(console, runs.size(), flags.quiet);
        SuiteExecution execution = new SuiteExecution(
                runs, book, processes, flags.jobs(), flags.budget(), stop::requested, (run, ended, planned) -> {
                    SuiteCommand.reportIfKilled(runner, directory, run, console);
                    progress.ended(run, ended);
                    partial(forecasts, book, console);
                });
        if (!flags.quiet) begin(plan, runs.size(), flags, directory, console);
        Interrupts.install(stop, console, execution::killAll);
        Forecast forecast;
        try {
            forecast = forecasts.write(execution.run().runs());
            flags.copies().write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
        } catch (IOException e) {
            throw new EnvironmentException("the forecast cannot go on: " + EnvironmentFailure.words(e, directory)
                    + "; what there is, is in " + directory);
        }
        Aftermath.jobSummary(directory.resolve("summary.md"), console);
        if (flags.json()) {
            console.out().print(forecast.json());
        } else if (!flags.quiet) {
            ForecastText.table(forecast).forEach(console.out()::println);
        }
        return new Verdict(ExitCode.of(forecast.exitCode()), forecast.words(), directory.resolve("forecast.html"));
    }

    private static void begin(ForecastPlan plan, int runs, ForecastFlags flags, Path directory, Console console) {
        console.err()
                .println("forecast: " + plan.scenario().name() + ", " + runs + (runs == 1 ? " run" : " runs")
                        + " of at most " + flags.horizon + ", " + flags.jobs() + " at a time, in " + directory
                        + "; how far a run is, says its file in " + directory.resolve("logs"));
        console.err().println("broken is what fails one of these:");
        plan.rules().words().forEach(rule -> console.err().println("  " + rule));
        List<String> unwatched = plan.rules().unwatched();
        if (!unwatched.isEmpty()) {
            console.err()
                    .println("nobody watches " + String.join(", ", unwatched)
                            + ": within the horizon there are too few uploads to judge them");
        }
    }

    /** A forecast that is killed leaves what it knew. */
    private static void partial(ForecastBook forecasts, SuiteBook book, Console console) {
        try {
            Suite now = book.current();
            Forecast ignored = forecasts.write(now.runs());
        } catch (IOException e) {
            console.err().println("kilonode: no forecast yet: " + e);
        }
    }
}
