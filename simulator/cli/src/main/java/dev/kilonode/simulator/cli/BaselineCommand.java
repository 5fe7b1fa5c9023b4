package dev.kilonode.simulator.cli;

import dev.kilonode.reports.compare.Baseline;
import dev.kilonode.reports.compare.BaselineFile;
import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.ComparisonException;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.compare.SingleRun;
import dev.kilonode.reports.render.text.BaselineText;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.scenario.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code baseline add|list|show}: results of runs in small files that are committed. */
final class BaselineCommand implements Command<BaselineFlags> {
    private static final List<String> WORDS = List.of("add", "list", "show");

    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public String operands() {
        return "add DIR | list | show NAME";
    }

    @Override
    public String summary() {
        return "stores results of runs in a small file to commit, for compare and run --baseline";
    }

    @Override
    public BaselineFlags newFlags() {
        return new BaselineFlags();
    }

    @Override
    public @Nullable CommandResult run(BaselineFlags flags, Console console) {
        String word = flags.operands.isEmpty() ? "" : flags.operands.get(0);
        List<String> rest = flags.operands.subList(Math.min(1, flags.operands.size()), flags.operands.size());
        Path folder = ScenarioFlags.path(flags.dir, "a folder");
        return switch (word) {
            case "add" -> add(flags, only(rest, "add", "DIR"), folder, console);
            case "list" -> {
                if (!rest.isEmpty()) throw new UsageException("baseline list takes no operand, got " + rest.get(0));
                yield list(flags, folder, console);
            }
            case "show" -> show(flags, only(rest, "show", "NAME"), folder, console);
            default ->
                throw new UsageException("baseline needs add, list or show"
                        + (word.isEmpty() ? "" : ", got " + word + Suggestions.hint(word, WORDS))
                        + "; write kilonode baseline add results/NAME");
        };
    }

    private static CommandResult add(BaselineFlags flags, String operand, Path folder, Console console) {
        RunGroup group = RunSearch.group(ScenarioFlags.path(operand, "a folder of runs"));
        if (group.damaged() > 0) {
            throw new UsageException(DamagedRuns.words(group.damaged(), group.leftOut())
                    + "; move them away, or write a folder without them");
        }
        String name = flags.name == null ? group.scenario() : flags.name;
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new UsageException(flags.sourceOf("--name") + ": got \"" + name
                    + "\", expected letters, digits, dots, dashes and underscores; write --name my-baseline");
        }
        Path file = folder.resolve(name + ".json");
        if (Files.exists(file) && !flags.replace) {
            throw new UsageException(file + " exists; write --replace to overwrite it, or --name for another one");
        }
        try {
            BaselineFile.write(file, Baseline.of(name, group));
        } catch (IOException e) {
            throw new EnvironmentException(EnvironmentFailure.words(e));
        }
        int runs = group.samples().size();
        if (!flags.quiet) {
            console.err().println(name + ": " + group.words());
            group.leftOut().forEach(reason -> console.err().println("without: " + reason));
            if (runs < SingleRun.FEWEST) {
                console.err()
                        .println("note: compare --gate needs at least " + Comparison.FEWEST
                                + " runs a side (8 where seeds pair them), run --baseline " + SingleRun.FEWEST
                                + "; this baseline has " + runs);
            }
            console.out().println(file);
        }
        return new CommandResult(ExitCode.PASS, "kept " + runs + (runs == 1 ? " run" : " runs"), file);
    }

    private static @Nullable CommandResult list(BaselineFlags flags, Path folder, Console console) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("there is no folder " + folder + "; write kilonode baseline add DIR to make one");
        }
        int broken = 0;
        var json = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        for (Path file : files(folder)) {
            try {
                Baseline baseline = BaselineFile.read(file);
                json.addObject()
                        .put("file", file.toString())
                        .put("name", baseline.name())
                        .put("scenario", baseline.scenario())
                        .put("scenario_hash", baseline.hash())
                        .put("model", baseline.model())
                        .put("clock", baseline.clock())
                        .put("jvms", baseline.jvms())
                        .put("runs", baseline.seeds().size())
                        .put("recorded", baseline.recorded());
                if (!flags.json())
                    console.out()
                            .println(file + "  "
                                    + baseline.group(file.toString()).words() + ", " + baseline.recorded());
            } catch (ComparisonException e) {
                broken++;
                console.err().println(e.getMessage());
            }
        }
        if (flags.json()) console.out().println(json.toPrettyString());
        return broken == 0
                ? null
                : new CommandResult(ExitCode.USAGE, broken + " of the files in " + folder + " are not baselines");
    }

    private static @Nullable CommandResult show(BaselineFlags flags, String operand, Path folder, Console console) {
        Path given = ScenarioFlags.path(operand, "a baseline");
        Path file = Files.exists(given) ? given : folder.resolve(operand + ".json");
        Baseline baseline = BaselineFile.read(file);
        console.out().print(flags.json() ? BaselineFile.text(baseline) : BaselineText.of(baseline));
        return null;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + folder + ": " + e.getMessage());
        }
    }

    private static String only(List<String> operands, String word, String what) {
        if (operands.size() == 1) return operands.get(0);
        throw new UsageException("baseline " + word + " takes one " + what + ", got "
                + (operands.isEmpty() ? "nothing" : String.join(" ", operands)) + "; write kilonode baseline " + word
                + " "
                + (word.equals("add") ? "results/NAME" : what));
    }
}
