package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.Runner;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code report DIR...}: makes the reports of runs again from their data. */
final class ReportCommand implements Command<CommonFlags> {
    private final Runner runner;

    ReportCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String operands() {
        return "DIR...";
    }

    @Override
    public String summary() {
        return "makes HTML, PNG, JUnit XML and markdown again from a run's data, also of a killed run";
    }

    @Override
    public CommonFlags newFlags() {
        return new CommonFlags();
    }

    @Override
    public CommandResult run(CommonFlags flags, Console console) throws Exception {
        if (flags.operands.isEmpty())
            throw new UsageException("report needs DIR...; write kilonode report results/latest");
        CommandResult worst = null;
        for (String operand : flags.operands) {
            Path directory = ScenarioFlags.path(operand, "a run directory");
            if (!Files.isRegularFile(directory.resolve("manifest.json"))) {
                throw new UsageException("got " + operand
                        + ", expected a run directory, which holds a manifest.json; write kilonode report"
                        + " results/latest");
            }
            RunResult result = runner.report(directory);
            console.out().println(result.report());
            CommandResult verdict = CommandResult.of(result);
            boolean worse = worst == null || worst.exit().or(verdict.exit()) != worst.exit();
            if (worse) worst = verdict;
        }
        return java.util.Objects.requireNonNull(worst);
    }
}
