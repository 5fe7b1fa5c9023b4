package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.experiments.suite.SuiteSpec;
import java.util.ArrayList;
import java.util.List;

/** Flags of {@code sweep}: those of a suite, and what to vary. */
final class SweepFlags extends SuiteFlags {

    /** As many cells as the seeds of a suite allow, and then some; more do not fit into memory. */
    private static final int MOST_CELLS = 1_000_000;

    @Parameter(
            names = "--vary",
            description =
                    "path=value,value: a run for each combination; repeatable. Also nodes=..., with as many hosts",
            splitter = WholeValue.class)
    List<String> vary = new ArrayList<>();

    @Parameter(names = "--yes", description = "make more than 10,000 runs")
    boolean yes;

    /** Runs get {@code --set} on the command line for their values, which overrides the environment variable. */
    @Override
    boolean passesSet() {
        return true;
    }

    int mostRuns() {
        return yes ? MOST_CELLS : SuiteSpec.MOST_RUNS;
    }

    @Override
    String commandName() {
        return "sweep";
    }

    @Override
    String command() {
        StringBuilder line = new StringBuilder(super.command());
        vary.forEach(value -> line.append(" --vary ").append(quoted(value)));
        if (yes) line.append(" --yes");
        return line.toString();
    }
}
