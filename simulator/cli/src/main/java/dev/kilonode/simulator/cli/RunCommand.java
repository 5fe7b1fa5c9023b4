package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParametersDelegate;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kilonode.simulator.run.BaselineCheck;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.MachineCheck;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.Runner;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.run.WorkerRequest;
import dev.kilonode.simulator.run.harness.ClockWarnings;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import org.jspecify.annotations.Nullable;

/** {@code run FILE}: runs one scenario. */
final class RunCommand implements Command<RunCommand.Flags> {
    /** The flags of all commands that run, and the baseline. */
    static final class Flags extends RunFlags {
        @Parameter(names = "--baseline", description = "compare the run with this baseline, see kilonode help baseline")
        @Nullable
        String baseline;

        @ParametersDelegate
        final WorkerFlags processes = new WorkerFlags();

        @Override
        String rerunMore() {
            return processes.rerun();
        }
    }

    private final ScenarioLoader loader;
    private final Runner runner;

    RunCommand(ScenarioLoader loader, Runner runner) {
        this.loader = loader;
        this.runner = runner;
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "runs a scenario, writes results, checks, reports";
    }

    @Override
    public Flags newFlags() {
        return new Flags();
    }

    @Override
    public CommandResult run(Flags flags, Console console) throws Exception {
        LoadedScenario loaded = flags.load(flags.operand("run", "FILE"), loader);
        WorkerRequest workers = flags.processes.request(flags);
        if (workers == null) MachineCheck.check(loaded); // workers check their own machine
        String baseline = flags.baseline;
        BaselineCheck gate = baseline == null
                ? null
                : BaselineCheck.of(
                        ScenarioFlags.path(baseline, "a baseline"), loaded, workers == null ? 1 : workers.count());
        StopSignal stop = new StopSignal();
        RunSpec spec = flags.spec(loaded, "run").against(gate).over(workers);
        ProgressListener progress = flags.progress(console);
        if (!flags.quiet) {
            console.err()
                    .println(spec.name() + ": " + RunFlags.size(loaded) + ", seed "
                            + loaded.scenario().seed());
            String note = ClockWarnings.of(loaded.scenario());
            if (!note.isEmpty()) console.err().println(note);
            String threads = RunFlags.threadNote(spec);
            if (!threads.isEmpty()) console.err().println(threads);
            loaded.warn(console.err());
        }
        SignalHandlers.install(stop, console);
        RunResult result = perform(runner, spec, progress, stop);
        RunSummaryPrinter.of(result.directory(), flags.quiet, console);
        if (gate != null && !flags.quiet) console.err().print(gate.comparisonText());
        if (flags.json()) {
            console.out()
                    .println(JsonNodeFactory.instance
                            .objectNode()
                            .put("verdict", result.exit().name().toLowerCase(java.util.Locale.ROOT))
                            .put("exit_code", result.exit().number())
                            .put("words", result.words())
                            .put("directory", result.directory().toString())
                            .put("report", result.report().toString())
                            .put("digest", result.digest())
                            .toPrettyString());
        } else if (!flags.quiet) {
            console.out().println(result.report());
        }
        return CommandResult.of(result);
    }

    /** Runs, and combines the exit code with that of an interruption. */
    static RunResult perform(Runner runner, RunSpec spec, ProgressListener progress, StopSignal stop) throws Exception {
        RunResult result;
        try {
            result = runner.run(spec, progress, stop);
        } finally {
            progress.finished();
        }
        ExitCode cause = stop.cause();
        if (cause == null || result.exit().or(cause) == result.exit()) return result;
        return new RunResult(
                result.exit().or(cause),
                "interrupted; " + result.words(),
                result.directory(),
                result.report(),
                result.digest());
    }
}
