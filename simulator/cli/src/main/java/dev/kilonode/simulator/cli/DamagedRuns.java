package dev.kilonode.simulator.cli;

import java.util.List;

/** Text of commands over many runs about damaged runs, which they leave out. */
final class DamagedRuns {
    private DamagedRuns() {}

    /** @param leftOut runs that were left out, each with its reason */
    static String words(int damaged, List<String> leftOut) {
        return damaged + (damaged == 1 ? " run is damaged and was" : " runs are damaged and were") + " left out: "
                + String.join("; ", leftOut.stream().limit(1).toList())
                + (leftOut.size() > 1 ? ", and " + (leftOut.size() - 1) + " more" : "");
    }
}
