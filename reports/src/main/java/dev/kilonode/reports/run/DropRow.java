package dev.kilonode.reports.run;

import java.util.List;

/**
 * One row of {@code drops.csv}: a dropped message, sampled at random from the whole run. {@code windows.csv} has the totals, {@code
 * drops-by-node.csv} the totals per node.
 *
 * @param timeMs ms since the start of the run
 * @param node node that dropped the message
 * @param shard shard whose queue was full; -1 if no shard was involved
 * @param cause the cause, as in the label {@code cause} of {@code transport.drops}
 * @param kind kind of message; empty if unknown
 * @param fromHost host that sent the message; empty if unknown
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
