package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.reports.ComparisonReport;
import dev.kilonode.reports.compare.BaselineFile;
import dev.kilonode.reports.compare.Comparer;
import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Comparison.Conclusion;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.render.text.ComparisonJson;
import dev.kilonode.reports.render.text.ComparisonText;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code compare BASE NEW}: compares two runs or two sets of runs, with statistics and an HTML page. */
final class CompareCommand implements Command<CompareFlags> {
    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String operands() {
        return "BASE NEW";
    }

    @Override
    public String summary() {
        return "compares two sets of runs, with statistics; as a gate for CI";
    }

    @Override
    public CompareFlags newFlags() {
        return new CompareFlags();
    }

    @Override
    public CommandResult run(CompareFlags flags, Console console) {
        if (flags.operands.size() != 2) {
            throw new UsageException("compare takes BASE and NEW, got "
                    + (flags.operands.isEmpty() ? "nothing" : String.join(" ", flags.operands))
                    + "; write kilonode compare results/before results/after");
        }
        Comparer.Options options = flags.options();
        RunGroup base = side(ScenarioFlags.path(flags.operands.get(0), "a folder of runs or a baseline"));
        Path newer = ScenarioFlags.path(flags.operands.get(1), "a folder of runs");
        RunGroup fresh = side(newer);
        Comparison comparison = Comparer.compare(base, fresh, options);
        Path page = flags.html != null
                ? ScenarioFlags.path(flags.html, "a file")
                : Files.isDirectory(newer) ? newer.resolve("comparison.html") : Path.of("comparison.html");
        write(comparison, page);
        boolean damaged = base.damaged() + fresh.damaged() > 0;
        ExitCode exit = flags.gate ? exit(comparison) : damaged ? ExitCode.INCONCLUSIVE : ExitCode.PASS;
        if (flags.json()) {
            ObjectNode json = ComparisonJson.of(comparison);
            json.put("gate", flags.gate).put("exit_code", exit.number()).put("report", page.toString());
            console.out().println(json.toPrettyString());
        } else if (!flags.quiet) {
            console.out().print(ComparisonText.of(comparison, flags.all || flags.verbose));
        }
        return new CommandResult(exit, words(comparison, flags.gate || damaged), page);
    }

    /** A folder of runs, one run, or a baseline file. */
    static RunGroup side(Path path) {
        return Files.isRegularFile(path) ? BaselineFile.read(path).group(path.toString()) : RunSearch.group(path);
    }

    static void write(Comparison comparison, Path page) {
        try {
            ComparisonReport.write(comparison, page);
        } catch (IOException e) {
            throw new EnvironmentException(EnvironmentFailure.words(e) + ", or --html FILE");
        }
    }

    private static ExitCode exit(Comparison comparison) {
        return switch (comparison.conclusion()) {
            case WORSE -> comparison.gates() ? ExitCode.FAIL : ExitCode.PASS;
            case INSUFFICIENT -> ExitCode.INCONCLUSIVE;
            case NOT_WORSE -> ExitCode.PASS;
        };
    }

    private static String words(Comparison comparison, boolean gate) {
        if (!gate) return "compared, no gate asked for: " + comparison.words();
        boolean warned = comparison.conclusion() == Conclusion.WORSE && !comparison.gates();
        return (warned ? "a warning only, as the machines differ: " : "") + comparison.words();
    }
}
