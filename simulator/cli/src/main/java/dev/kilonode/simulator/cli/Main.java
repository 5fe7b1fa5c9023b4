package dev.kilonode.simulator.cli;

import dev.kilonode.reports.compare.ComparisonException;
import dev.kilonode.reports.run.UnreadableRunException;
import dev.kilonode.simulator.experiments.suite.SuiteException;
import dev.kilonode.simulator.plugins.PluginException;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.LocalRunner;
import dev.kilonode.simulator.run.OutOfMemory;
import dev.kilonode.simulator.run.Runner;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.distributed.WorkerFailedException;
import dev.kilonode.simulator.scenario.ScenarioException;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.Suggestions;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The command line: finds the command, runs it, and reports its result in the last line of stderr and in the exit code. */
public final class Main {
    private static final long LONGEST_SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Console console;
    private final List<Command<?>> commands = new ArrayList<>();
    private final HelpCommand help;

    public Main(Console console, Runner runner) {
        this.console = console.withPlainErrors();
        ScenarioLoader loader = new ScenarioLoader();
        commands.add(new RunCommand(loader, runner));
        commands.add(new ValidateCommand(loader));
        commands.add(new PlanCommand(loader));
        commands.add(new ShowCommand(loader));
        SuiteCommand suite = new SuiteCommand(loader, runner);
        commands.add(suite);
        commands.add(new SweepCommand(loader, suite));
        commands.add(new ForecastCommand(loader, runner));
        commands.add(new ReportCommand(runner));
        commands.add(new CompareCommand());
        commands.add(new TableCommand());
        commands.add(new BaselineCommand());
        commands.add(new HistoryCommand());
        commands.add(new CheckCommand(loader));
        commands.add(new VerifyDeterminismCommand(loader, runner));
        commands.add(new CostsCommand());
        commands.add(new WorkerCommand(loader));
        commands.add(new CertsCommand());
        commands.add(new SchemaCommand());
        commands.add(new DoctorCommand());
        commands.add(new VersionCommand());
        help = new HelpCommand(commands);
        commands.add(help);
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // the machine's locale must not matter, not even to libraries
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // no logger is configured, and SLF4J must not say so
        ProcessEnd.withLauncher();
        ProcessEnd.needMemory();
        OutOfMemory.install();
        ExitCode exit;
        try {
            Console console = Console.ofProcess();
            exit = new Main(console, new LocalRunner(ProcessEnd.owner(console))).run(List.of(arguments));
        } catch (Exception | Error e) { // no memory for a message, or a class is missing
            ProcessEnd.halt(e);
            return;
        }
        haltUnlessEnded(exit);
        ProcessEnd.exit(exit);
    }

    /** A shutdown hook of a plugin or a library may never end; the process is then halted. */
    private static void haltUnlessEnded(ExitCode exit) {
        Thread thread = new Thread(
                () -> {
                    LockSupport.parkNanos(LONGEST_SHUTDOWN_NANOS);
                    ProcessEnd.halt(exit);
                },
                "kilonode-shutdown");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a command. Does not throw unless memory runs out: failures become an exit code and a message. */
    public ExitCode run(List<String> arguments) {
        CommandResult verdict;
        try {
            verdict = perform(arguments);
        } catch (Exception | Error e) {
            verdict = failure(e, false, null);
        }
        console.out().flush();
        if (verdict == null) return ExitCode.PASS;
        if (verdict.cutsReport()) console.err().println(verdict.report());
        console.err().println(verdict.line());
        console.err().flush();
        return verdict.exit();
    }

    /**
     * The result of a command that ended with {@code e}.
     *
     * @param out folder of its results; null if unknown
     */
    private CommandResult failure(Throwable e, boolean verbose, @Nullable String out) {
        if (e instanceof UsageException
                || e instanceof SuiteException
                || e instanceof ComparisonException
                || e instanceof UnreadableRunException) {
            return new CommandResult(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        if (e instanceof ScenarioException scenario) {
            console.err().println(e.getMessage());
            int count = scenario.problems().size() + scenario.more();
            return new CommandResult(
                    ExitCode.USAGE, count == 1 ? "1 problem in the scenario" : count + " problems in the scenario");
        }
        if (e instanceof WorkerFailedException worker && worker.exitCode() == ExitCode.USAGE.number()) {
            return new CommandResult(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        if (e instanceof ClusterException)
            return new CommandResult(ExitCode.ENVIRONMENT, String.valueOf(e.getMessage()));
        if (e instanceof InvalidPathException path) return new CommandResult(ExitCode.USAGE, ScenarioFlags.words(path));
        if (verbose) e.printStackTrace(console.err());
        if (e instanceof PluginException plugin) {
            String more = verbose || plugin.getCause() == null ? "" : "; --verbose shows the stack trace";
            return new CommandResult(ExitCode.ENVIRONMENT, plugin.getMessage() + more);
        }
        String words = EnvironmentFailure.words(e, out);
        if (words != null) return new CommandResult(ExitCode.ENVIRONMENT, words);
        if (!verbose) e.printStackTrace(console.err());
        return new CommandResult(ExitCode.INTERNAL, "a bug in Kilonode: " + e);
    }

    private @Nullable CommandResult perform(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            console.err().print(help.overview());
            throw new UsageException("no command; write kilonode run scenarios/quickstart.yaml");
        }
        String name = switch (arguments.get(0)) {
            case "--help", "-h" -> "help";
            case "--version" -> "version";
            default -> arguments.get(0);
        };
        for (Command<?> command : commands) {
            if (command.name().equals(name)) return perform(command, arguments.subList(1, arguments.size()));
        }
        String what = name.startsWith("-") ? "the command comes first, got the flag " : "unknown command ";
        String hint = Suggestions.hint(name, help.names());
        throw new UsageException(
                what + name + (hint.isEmpty() ? "; commands: " + String.join(" ", help.names()) : hint));
    }

    private <F extends CommonFlags> @Nullable CommandResult perform(Command<F> command, List<String> arguments)
            throws Exception {
        F flags = CommandLine.parse(command.newFlags(), arguments, console.environment());
        if (flags.help) {
            console.out().print(HelpCommand.of(command));
            return null;
        }
        if (command.operands().isEmpty() && !flags.operands.isEmpty()) {
            throw new UsageException(command.name() + " takes no operands, got " + String.join(" ", flags.operands));
        }
        Console shown = flags.json() ? console : console.plain();
        CommandResult verdict;
        try {
            verdict = command.run(flags, shown);
        } catch (Exception | Error e) {
            verdict = failure(e, flags.verbose, flags instanceof RunFlags run ? run.out : null);
            if (flags instanceof RunFlags run) writeFailure(verdict, run);
        }
        return shown.out().checkError() ? outputFailure(verdict, flags) : verdict;
    }

    /**
     * Writes the failure to the files of {@code --junit} and {@code --summary-md}, so that files of an earlier run are not taken for this
     * one's.
     */
    private void writeFailure(CommandResult verdict, RunFlags flags) {
        String name = flags.name != null ? flags.name : String.join(" ", flags.operands);
        try {
            flags.copies()
                    .failed(name, verdict.exit() + " (exit " + verdict.exit().number() + "): " + verdict.words());
        } catch (EnvironmentException | UsageException e) {
            console.err().println("kilonode: " + e.getMessage());
        }
    }

    /**
     * The result of a command whose output could not be written to standard output. For text it is the command's own result unless that
     * passed, since people notice the missing text; for JSON it is always a failure.
     */
    private static @Nullable CommandResult outputFailure(@Nullable CommandResult verdict, CommonFlags flags) {
        String words = "cannot write the result to standard output: it was closed, or its disk is full";
        if (verdict == null) return new CommandResult(ExitCode.ENVIRONMENT, words);
        if (!flags.json() && verdict.exit() != ExitCode.PASS) return verdict;
        ExitCode exit = verdict.exit().or(ExitCode.ENVIRONMENT);
        return new CommandResult(exit, words + "; the result: " + verdict.words(), verdict.report());
    }
}
