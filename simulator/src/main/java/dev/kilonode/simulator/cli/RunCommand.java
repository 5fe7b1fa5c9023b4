package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kilonode.simulator.harness.WallNotes;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import org.jspecify.annotations.Nullable;

/** {@code run FILE}. */
final class RunCommand implements Command<RunCommand.Flags> {
    /** As for all commands that run, and what to hold the run against. */
    static final class Flags extends RunFlags {
        @Parameter(names = "--baseline", description = "hold the run against this baseline, see kilonode help baseline")
        @Nullable
        String baseline;
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
    public Verdict run(Flags flags, Console console) throws Exception {
        LoadedScenario loaded = flags.load(flags.operand("run", "FILE"), loader);
        needMachine(loaded);
        String baseline = flags.baseline;
        BaselineGate gate =
                baseline == null ? null : BaselineGate.of(ScenarioFlags.path(baseline, "a baseline"), loaded);
        StopSignal stop = new StopSignal();
        RunRequest request = flags.request(loaded, "run", console, stop, gate);
        if (!flags.quiet) {
            console.err()
                    .println(request.name() + ": " + RunFlags.size(loaded) + ", seed "
                            + loaded.scenario().seed());
            String note = WallNotes.of(loaded.scenario());
            if (!note.isEmpty()) console.err().println(note);
            loaded.warn(console.err());
        }
        Interrupts.install(stop, console);
        RunResult result = perform(runner, request);
        Aftermath.of(result.directory(), flags.quiet, console);
        if (gate != null && !flags.quiet) console.err().print(gate.told());
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
        return result.verdict();
    }

    /** Runs, and lets an interruption decide how the process ends. */
    static RunResult perform(Runner runner, RunRequest request) throws Exception {
        RunResult result;
        try {
            result = runner.run(request);
        } finally {
            request.progress().finished();
        }
        ExitCode cause = request.stop().cause();
        if (cause == null || result.exit().or(cause) == result.exit()) return result;
        return new RunResult(
                result.exit().or(cause),
                "interrupted; " + result.words(),
                result.directory(),
                result.report(),
                result.digest());
    }

    /** @throws EnvironmentException when this machine cannot carry the run */
    static void needMachine(LoadedScenario loaded) {
        PlanCommand.check(loaded);
    }
}
