package dev.kilonode.reports.run;

import java.util.List;

/**
 * One row of {@code drops-by-node.csv}: all messages that one node has dropped since the run began.
 *
 * @param node node that dropped them; {@code client}: all clients together
 * @param drops number of drops
 * @param firstMs time of the first drop, ms since the start of the run
 * @param lastMs time of the last drop
 * @param mainCause the most frequent cause, as in the label {@code cause} of {@code transport.drops}
 * @param mainKind the most frequent kind of message; empty if unknown
 */
public record NodeDropsRow(String node, long drops, long firstMs, long lastMs, String mainCause, String mainKind) {

    static final String HEADER = "node,drops,first_ms,last_ms,main_cause,main_kind";

    Object[] fields() {
        return new Object[] {node, drops, firstMs, lastMs, mainCause, mainKind};
    }

    static NodeDropsRow parse(List<String> f) {
        return new NodeDropsRow(
                f.get(0),
                Long.parseLong(f.get(1)),
                Long.parseLong(f.get(2)),
                Long.parseLong(f.get(3)),
                f.get(4),
                f.get(5));
    }
}
