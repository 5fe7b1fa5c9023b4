package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.scenario.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Flags of {@code forecast}: those of a suite, the horizon, and what to vary. */
final class ForecastFlags extends SuiteFlags {
    @Parameter(names = "--horizon", description = "maximal duration of runs, on their own clock")
    String horizon = "30d";

    @Parameter(
            names = "--vary",
            description =
                    "nodes=500,2000, uploaders=..., design=... or path=value,value: one more run each; repeatable",
            splitter = WholeValue.class)
    List<String> vary = new ArrayList<>();

    @Parameter(
            names = "--grid",
            description = "as --vary: half and twice the nodes and uploaders, and the other design")
    boolean grid;

    @Parameter(
            names = "--cross",
            description = "all combinations of what --vary names, instead of one change at a time")
    boolean cross;

    @Override
    void refuseSingleRunFlags() {
        super.refuseSingleRunFlags();
        if (sources.containsKey("--duration")) {
            throw new UsageException(
                    sourceOf("--duration") + ": a forecast runs until the network breaks; write --horizon " + duration);
        }
        if (sources.containsKey("--repeat"))
            throw new UsageException(sourceOf("--repeat")
                    + ": runs of one seed are alike; write --seeds 1..5 to learn how far they differ");
        if (sources.containsKey("--shard")) {
            throw new UsageException(sourceOf("--shard") + ": shares are for suite and sweep; leave it out");
        }
        if (grid && !vary.isEmpty()) throw new UsageException("--grid and --vary: write one of them");
    }

    @Override
    Set<String> refused() {
        Set<String> all = new HashSet<>(super.refused());
        all.add("--shard");
        return all;
    }

    @Override
    String commandName() {
        return "forecast";
    }

    /**
     * Runs get {@code --set} on the command line for their variation, which overrides the environment variable; so all values are passed.
     */
    @Override
    boolean passesSet() {
        return true;
    }

    @Override
    int threadsOfEachRun() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / jobs());
    }

    Duration horizon() {
        try {
            Duration value = Units.duration(horizon);
            if (!value.isZero()) return value;
            throw new IllegalArgumentException("got 0s, expected more; write 30d");
        } catch (IllegalArgumentException e) {
            throw new UsageException(sourceOf("--horizon") + ": " + e.getMessage());
        }
    }

    @Override
    String command() {
        StringBuilder line = new StringBuilder(super.command());
        line.append(" --horizon ").append(quoted(horizon));
        vary.forEach(value -> line.append(" --vary ").append(quoted(value)));
        if (grid) line.append(" --grid");
        if (cross) line.append(" --cross");
        return line.toString();
    }
}
