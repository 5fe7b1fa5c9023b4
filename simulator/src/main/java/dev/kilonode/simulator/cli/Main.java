package dev.kilonode.simulator.cli;

import dev.kilonode.reports.compare.ComparisonException;
import dev.kilonode.reports.run.UnreadableRunException;
import dev.kilonode.simulator.harness.Catalogue;
import dev.kilonode.simulator.plugin.PluginException;
import dev.kilonode.simulator.scenario.MetricCatalogue;
import dev.kilonode.simulator.scenario.NearMiss;
import dev.kilonode.simulator.scenario.ScenarioException;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The command line: finds the command, runs it, says how it ended in the last line of stderr, and in the exit code. */
public final class Main {
    private static final long LONGEST_SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Console console;
    private final List<Command<?>> commands = new ArrayList<>();
    private final HelpCommand help;

    public Main(Console console, Runner runner, MetricCatalogue metrics) {
        this.console = console;
        ScenarioLoader loader = new ScenarioLoader(metrics);
        commands.add(new RunCommand(loader, runner));
        commands.add(new ValidateCommand(loader));
        commands.add(new PlanCommand(loader));
        commands.add(new ShowCommand(loader));
        commands.add(new SuiteCommand(loader, runner));
        commands.add(new ForecastCommand(loader, runner));
        commands.add(new ReportCommand(runner));
        commands.add(new CompareCommand());
        commands.add(new TableCommand());
        commands.add(new BaselineCommand());
        commands.add(new HistoryCommand());
        commands.add(new CheckCommand(loader));
        commands.add(new VerifyDeterminismCommand(loader, runner));
        commands.add(new CostsCommand());
        commands.add(new SchemaCommand());
        commands.add(new DoctorCommand());
        commands.add(new VersionCommand());
        help = new HelpCommand(commands);
        commands.add(help);
    }

    public static void main(String[] arguments) {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // libraries log to nowhere, and need not say so
        OutOfMemory.install();
        int exit = ExitCode.ENVIRONMENT.number();
        try {
            exit = new Main(Console.ofProcess(), new VirtualRunner(), new Catalogue())
                    .run(List.of(arguments))
                    .number();
        } catch (OutOfMemoryError e) {
            Runtime.getRuntime().halt(exit); // not even for the last line there was memory
        }
        haltUnlessEnded(exit);
        System.exit(exit);
    }

    /** What a plugin or a library does when the JVM shuts down may never end. */
    private static void haltUnlessEnded(int exit) {
        Thread thread = new Thread(
                () -> {
                    LockSupport.parkNanos(LONGEST_SHUTDOWN_NANOS);
                    Runtime.getRuntime().halt(exit);
                },
                "kilonode-shutdown");
        thread.setDaemon(true);
        thread.start();
    }

    /** Never throws: what goes wrong becomes an exit code and words. */
    public ExitCode run(List<String> arguments) {
        Verdict verdict = verdict(arguments);
        console.out().flush();
        if (verdict == null) return ExitCode.PASS;
        console.err().println(verdict.line());
        console.err().flush();
        return verdict.exit();
    }

    private @Nullable Verdict verdict(List<String> arguments) {
        try {
            return perform(arguments);
        } catch (UsageException | ComparisonException e) {
            return new Verdict(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (ScenarioException e) {
            console.err().println(e.getMessage());
            int count = e.problems().size();
            return new Verdict(
                    ExitCode.USAGE, count == 1 ? "1 problem in the scenario" : count + " problems in the scenario");
        } catch (UnreadableRunException e) {
            return new Verdict(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (PluginException e) {
            boolean verbose = arguments.contains("--verbose") || arguments.contains("-v");
            if (verbose) e.printStackTrace(console.err());
            String more = verbose || e.getCause() == null ? "" : "; --verbose shows how it came there";
            return new Verdict(ExitCode.ENVIRONMENT, e.getMessage() + more);
        } catch (EnvironmentException e) {
            return new Verdict(ExitCode.ENVIRONMENT, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return new Verdict(ExitCode.ENVIRONMENT, OutOfMemory.words(e));
        } catch (Exception | Error e) {
            e.printStackTrace(console.err());
            return new Verdict(ExitCode.INTERNAL, "a bug in Kilonode: " + e);
        }
    }

    private @Nullable Verdict perform(List<String> arguments) throws Exception {
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
        String hint = NearMiss.hint(name, help.names());
        throw new UsageException(
                what + name + (hint.isEmpty() ? "; commands: " + String.join(" ", help.names()) : hint));
    }

    private <F extends CommonFlags> @Nullable Verdict perform(Command<F> command, List<String> arguments)
            throws Exception {
        F flags = CommandLine.parse(command.newFlags(), arguments, console.environment());
        if (flags.help) {
            console.out().print(HelpCommand.of(command));
            return null;
        }
        if (command.operands().isEmpty() && !flags.operands.isEmpty()) {
            throw new UsageException(command.name() + " takes no operands, got " + String.join(" ", flags.operands));
        }
        return command.run(flags, console);
    }
}
