package dev.kilonode.simulator.cli;

import dev.kilonode.reports.compare.History;
import dev.kilonode.reports.render.text.ComparisonJson;
import dev.kilonode.reports.render.text.HistoryText;
import dev.kilonode.simulator.run.ExitCode;

/** {@code history DIR}: finds changes in the results of many runs. Advisory. */
final class HistoryCommand implements Command<CommonFlags> {
    @Override
    public String name() {
        return "history";
    }

    @Override
    public String operands() {
        return "DIR";
    }

    @Override
    public String summary() {
        return "finds since when results differ, over many runs in order of time; never fails";
    }

    @Override
    public CommonFlags newFlags() {
        return new CommonFlags();
    }

    @Override
    public CommandResult run(CommonFlags flags, Console console) {
        History history = History.of(ScenarioFlags.path(flags.operand("history", "DIR"), "a folder of runs"));
        if (flags.json()) {
            console.out().println(ComparisonJson.of(history).toPrettyString());
        } else if (!flags.quiet) {
            console.out().print(HistoryText.of(history));
        }
        int changes =
                history.scenarios().stream().mapToInt(c -> c.changes().size()).sum();
        if (history.damaged() > 0) {
            return new CommandResult(ExitCode.INCONCLUSIVE, DamagedRuns.words(history.damaged(), history.leftOut()));
        }
        return new CommandResult(
                ExitCode.PASS,
                changes == 0
                        ? "no change found"
                        : changes + (changes == 1 ? " change" : " changes") + " found, advisory");
    }
}
