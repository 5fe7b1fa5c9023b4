package dev.kilonode.simulator.cli;

import dev.kilonode.reports.forecast.Forecast;
import dev.kilonode.reports.render.text.ForecastText;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.simulator.experiments.forecast.ForecastPlan;
import dev.kilonode.simulator.experiments.forecast.ForecastSpec;
import dev.kilonode.simulator.experiments.forecast.ForecastWriter;
import dev.kilonode.simulator.experiments.suite.BuildFingerprint;
import dev.kilonode.simulator.experiments.suite.PlannedRun;
import dev.kilonode.simulator.experiments.suite.RunExecutor;
import dev.kilonode.simulator.experiments.suite.SuiteExecution;
import dev.kilonode.simulator.experiments.suite.SuiteFolder;
import dev.kilonode.simulator.experiments.suite.SuiteWriter;
import dev.kilonode.simulator.plugins.PluginFolder;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.Runner;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code forecast FILE}: runs until the network breaks or the horizon ends, each run in a process of its own. */
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
        return "runs until the network breaks or the horizon ends: when, and which resource first";
    }

    @Override
    public ForecastFlags newFlags() {
        return new ForecastFlags();
    }

    @Override
    public CommandResult run(ForecastFlags flags, Console console) throws Exception {
        flags.refuseSingleRunFlags();
        Path directory = SuiteCommand.directory(flags, name());
        Path plugins = flags.pluginFolder();
        String build = BuildFingerprint.ofThisProgramAnd(plugins == null ? List.of() : PluginFolder.jars(plugins));
        ForecastSpec spec = new ForecastSpec(
                flags.scenario(flags.operand(name(), "FILE")),
                flags.horizon(),
                flags.seeds(),
                new ForecastSpec.Variations(flags.vary, flags.sourceOf("--vary"), flags.grid, flags.cross),
                directory,
                flags.runArguments(),
                flags.command());
        ForecastPlan plan = new ForecastPlan(spec, loader, SuiteFolder.before(directory, build, flags.skipDone));
        if (plan.scenario().clock() == Clock.WALL) {
            throw new UsageException(
                    "a forecast needs virtual time, in which days take minutes; write --clock virtual");
        }
        try (RunExecutor executor = SuiteCommand.executor(flags, directory, plan.heapMiB(), false, console)) {
            List<PlannedRun> runs =
                    plan.runs().stream().map(ForecastPlan.Planned::run).toList();
            StopSignal stop = new StopSignal();
            SuiteWriter book = SuiteCommand.book(flags, directory, build, List.of(), null, runs, stop);
            ForecastWriter forecasts = new ForecastWriter(plan, spec, stop);
            SuiteProgress progress =
                    new SuiteProgress(console, runs.size(), book.current().ended(), flags.quiet);
            SuiteExecution execution = new SuiteExecution(
                    runs,
                    book,
                    executor,
                    flags.budget(),
                    stop::requested,
                    new SuiteListener(runner, directory, progress, console, () -> partial(forecasts, book, console)));
            if (!flags.quiet) begin(plan, runs.size(), flags, directory, console);
            SignalHandlers.install(stop, console, execution::killAll);
            Forecast forecast;
            try {
                forecast = forecasts.write(execution.run().runs());
                flags.copies().write(directory.resolve("junit.xml"), directory.resolve("summary.md"));
            } catch (IOException e) {
                throw new EnvironmentException("the forecast cannot go on: " + EnvironmentFailure.words(e, directory)
                        + "; the results so far are in " + directory);
            }
            RunSummaryPrinter.jobSummary(directory.resolve("summary.md"), console);
            if (flags.json()) {
                console.out().print(forecast.json());
            } else if (!flags.quiet) {
                ForecastText.table(forecast).forEach(console.out()::println);
            }
            return new CommandResult(
                    ExitCode.of(forecast.exitCode()), forecast.words(), directory.resolve("forecast.html"));
        }
    }

    private static void begin(ForecastPlan plan, int runs, ForecastFlags flags, Path directory, Console console) {
        console.err()
                .println("forecast: " + plan.scenario().name() + ", " + runs + (runs == 1 ? " run" : " runs")
                        + " of at most " + flags.horizon + ", " + SuiteCommand.where(flags) + ", in " + directory
                        + "; progress of each run: see its file in " + directory.resolve("logs"));
        console.err().println("a network is broken when one of these fails:");
        plan.rules().words().forEach(rule -> console.err().println("  " + rule));
        List<String> unwatched = plan.rules().unwatched();
        if (!unwatched.isEmpty()) {
            console.err()
                    .println("not checked: " + String.join(", ", unwatched)
                            + "; the horizon is too short for enough uploads");
        }
    }

    /** Writes the results so far when a forecast is killed. */
    private static void partial(ForecastWriter forecasts, SuiteWriter book, Console console) {
        try {
            Suite now = book.current();
            Forecast ignored = forecasts.write(now.runs());
        } catch (IOException e) {
            console.err().println("kilonode: no forecast yet: " + e);
        }
    }
}
