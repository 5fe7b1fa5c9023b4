package dev.kilonode.simulator.experiments.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * Arguments that the command lines of all runs of a suite share, such as {@code --clock wall}. Immutable.
 *
 * @param flags as a shell splits them; without file, seed and folder of results
 */
public record RunArguments(List<String> flags) {

    public RunArguments {
        flags = List.copyOf(flags);
    }

    public RunArguments and(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new RunArguments(all);
    }

    /** The whole command line of one run. */
    List<String> of(String file, long seed, String directory) {
        List<String> line = new ArrayList<>(List.of("run", "--seed", Long.toString(seed), "--out", directory));
        line.addAll(List.of("--format", "json", "--progress", "plain"));
        line.addAll(flags);
        line.addAll(List.of("--", file));
        return line;
    }
}
