package dev.kilonode.reports.model;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.reports.run.RunData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Drops by node: counted, or estimated from the sample if the run has no counts. */
final class DropsByNode {

    private static final int WORST = 10;

    /** Drops of one node in the sample. */
    private static final class NodeSample {
        private long count;
        private long firstMs = Long.MAX_VALUE;
        private long lastMs;
        private final Map<String, Long> causes = new LinkedHashMap<>();
        private final Map<String, Long> kinds = new LinkedHashMap<>();

        void add(DropRow row) {
            count++;
            firstMs = Math.min(firstMs, row.timeMs());
            lastMs = Math.max(lastMs, row.timeMs());
            causes.merge(row.cause(), 1L, Long::sum);
            kinds.merge(row.kind(), 1L, Long::sum);
        }

        NodeDropsRow row(String node) {
            return new NodeDropsRow(node, count, firstMs, lastMs, most(causes), most(kinds));
        }
    }

    private final List<NodeDropsRow> nodes = new ArrayList<>();
    private final boolean counted;

    DropsByNode(RunData data) throws IOException {
        data.forEachNodeDrops(nodes::add);
        counted = !nodes.isEmpty();
        if (counted) {
            return;
        }
        var sampled = new LinkedHashMap<String, NodeSample>();
        data.forEachDrop(row ->
                sampled.computeIfAbsent(row.node(), node -> new NodeSample()).add(row));
        sampled.forEach((node, sample) -> nodes.add(sample.row(node)));
    }

    /** Time of the first known drop, ms; -1 if there is none. */
    long firstMs() {
        return nodes.stream().mapToLong(NodeDropsRow::firstMs).min().orElse(-1);
    }

    ReportModel.Table worstNodes() {
        long total = nodes.stream().mapToLong(NodeDropsRow::drops).sum();
        List<List<String>> rows = nodes.stream()
                .sorted(Comparator.comparingLong(NodeDropsRow::drops)
                        .reversed()
                        .thenComparing(NodeDropsRow::node, SeriesAggregator.NATURAL))
                .limit(WORST)
                .map(n -> List.of(
                        n.node(),
                        Format.count(n.drops()),
                        Format.percent((double) n.drops() / total),
                        n.mainCause(),
                        n.mainKind(),
                        Format.time(n.firstMs()),
                        Format.time(n.lastMs())))
                .toList();
        String all = Format.count(total) + (counted ? " drops" : " sampled drops") + " at " + Format.count(nodes.size())
                + " nodes";
        String note = rows.isEmpty()
                ? "No drop was recorded."
                : counted
                        ? "Of all " + all + ", over the whole run; first, last: when."
                        : "From " + all + "; totals are in the charts.";
        return new ReportModel.Table(
                ChartCatalog.DROPS,
                "Worst nodes",
                note,
                List.of(
                        "node",
                        counted ? "drops" : "sampled drops",
                        "share",
                        "main cause",
                        "main kind",
                        "first",
                        "last"),
                rows);
    }

    private static String most(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
