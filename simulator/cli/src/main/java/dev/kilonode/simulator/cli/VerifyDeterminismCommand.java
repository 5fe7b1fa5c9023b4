package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.MachineCheck;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.Runner;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code verify-determinism FILE}: repeats a run and compares the digests of all windows. */
final class VerifyDeterminismCommand implements Command<VerifyDeterminismCommand.Flags> {
    /** The flags of {@code run}, and the number of runs. */
    static final class Flags extends RunFlags {
        @Parameter(
                names = "--runs",
                description = "how many runs to compare, 2 to 100; the numbers of --threads, such as 1,2,7, take turns")
        String runs = "2";

        /** By default on one thread, and on as many as there are cores. */
        private List<String> counts() {
            return sources.containsKey("--threads") ? List.of(threads.split(",", -1)) : List.of("1", "auto");
        }

        /** The threads of the run with this number, from 0. */
        int threadsOf(int run, Scenario scenario) {
            return threads(scenario, counts().get(run % counts().size()).strip());
        }

        @Override
        int threads(Scenario scenario) {
            return threadsOf(0, scenario);
        }

        /** @throws UsageException if the value is wrong, or leaves out a number of threads */
        int runs(Scenario scenario) {
            int wanted = sources.containsKey("--runs") ? runs() : Math.max(runs(), counts().size());
            if (wanted < counts().size()) {
                throw new UsageException(sourceOf("--runs") + ": got " + wanted + " for --threads " + threads
                        + "; write --runs " + counts().size());
            }
            for (int run = 0; run < counts().size(); run++) threadsOf(run, scenario);
            return wanted;
        }

        private int runs() {
            if (runs.matches("[0-9]{1,3}") && Integer.parseInt(runs) >= 2 && Integer.parseInt(runs) <= 100) {
                return Integer.parseInt(runs);
            }
            throw new UsageException(sourceOf("--runs") + ": got \"" + runs + "\", expected 2 to 100; write --runs 2");
        }
    }

    private final ScenarioLoader loader;
    private final Runner runner;

    VerifyDeterminismCommand(ScenarioLoader loader, Runner runner) {
        this.loader = loader;
        this.runner = runner;
    }

    @Override
    public String name() {
        return "verify-determinism";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "runs twice, compares digests, shows the first difference";
    }

    @Override
    public Flags newFlags() {
        return new Flags();
    }

    @Override
    public CommandResult run(Flags flags, Console console) throws Exception {
        LoadedScenario loaded = flags.load(flags.operand(name(), "FILE"), loader);
        MachineCheck.check(loaded);
        Scenario scenario = loaded.scenario();
        int runs = flags.runs(scenario);
        StopSignal stop = new StopSignal();
        SignalHandlers.install(stop, console);
        RunResult first = null;
        for (int i = 1; i <= runs; i++) {
            RunSpec spec = flags.spec(loaded, "run").onThreads(flags.threadsOf(i - 1, scenario));
            if (!flags.quiet) {
                String threads = spec.threads() == 1 ? "1 thread" : spec.threads() + " threads";
                console.err().println("run " + i + " of " + runs + ": " + RunFlags.size(loaded) + ", " + threads);
                String note = RunFlags.threadNote(spec);
                if (!note.isEmpty()) console.err().println(note);
            }
            RunResult result = RunCommand.perform(runner, spec, flags.progress(console), stop);
            ExitCode exit = result.exit();
            boolean complete = exit == ExitCode.PASS || exit == ExitCode.FAIL || exit == ExitCode.INCONCLUSIVE;
            if (!complete) return CommandResult.of(result);
            if (first == null) {
                first = result;
                continue;
            }
            String difference = difference(first, result);
            if (!difference.isEmpty())
                return new CommandResult(ExitCode.NONDETERMINISM, "run " + i + " differs from run 1 " + difference);
        }
        String digest = first == null ? "" : first.digest();
        console.out().println(digest);
        return new CommandResult(ExitCode.PASS, runs + " runs with equal digests " + digest);
    }

    /** First difference of two runs, in words; empty if there is none. */
    private static String difference(RunResult one, RunResult other) throws IOException {
        List<String> a = digests(one.directory());
        List<String> b = digests(other.directory());
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            String left = i < a.size() ? a.get(i) : "nothing";
            String right = i < b.size() ? b.get(i) : "nothing";
            if (!left.equals(right)) {
                String from = i == 0 ? "the start" : a.get(i - 1).split(" ")[0] + " ms";
                return "in window " + (i + 1) + ", after " + from + ": \"" + left + "\" and \"" + right + "\"; see "
                        + one.directory() + " and " + other.directory();
            }
        }
        if (!one.digest().equals(other.digest()))
            return "after the last window: " + one.digest() + " and " + other.digest();
        return one.digest().isEmpty() ? "or is equal: there is no digest to compare" : "";
    }

    private static List<String> digests(Path directory) throws IOException {
        Path file = directory.resolve("data").resolve("digest.txt");
        if (!Files.exists(file)) throw new IllegalStateException("the run did not write " + file);
        return Files.readAllLines(file);
    }
}
