package dev.kilonode.reports.run;

import java.util.List;

/**
 * One row of {@code drops.csv}: a dropped message, drawn by chance from all of the run. Totals are in {@code windows.csv}, and by node in {@code drops-by-node.csv}.
 *
 * @param timeMs   ms since the start of the run
 * @param node     node that dropped it
 * @param shard    shard whose queue was full, or -1 where no shard was involved
 * @param cause    why, the same words as the label {@code cause} of {@code transport.drops}
 * @param kind     kind of message, or empty if unknown
 * @param fromHost host the message came from, or empty if unknown
 */
public record DropRow(long timeMs, String node, int shard, String cause, String kind, String fromHost) {

    static final String HEADER = "time_ms,node,shard,cause,kind,from_host";

    Object[] fields() {
        return new Object[] {timeMs, node, shard, cause, kind, fromHost};
    }

    static DropRow parse(List<String> f) {
        return new DropRow(
                Long.parseLong(f.get(0)), f.get(1), Integer.parseInt(f.get(2)), f.get(3), f.get(4), f.get(5));
    }
}
