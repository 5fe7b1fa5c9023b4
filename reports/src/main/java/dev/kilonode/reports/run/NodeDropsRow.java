package dev.kilonode.reports.run;

import java.util.List;

/**
 * One row of {@code drops-by-node.csv}: what one node has dropped since the run began, none left out.
 *
 * @param node      node that dropped them; {@code client}: all clients together
 * @param drops     how many
 * @param firstMs   when the first was, ms since the start of the run
 * @param lastMs    when the last was
 * @param mainCause the most frequent cause, the same words as the label {@code cause} of {@code transport.drops}
 * @param mainKind  the most frequent kind of message, or empty if unknown
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
