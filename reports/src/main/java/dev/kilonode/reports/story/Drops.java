package dev.kilonode.reports.story;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.RunData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sampled drops by node. */
final class Drops {

    private static final int WORST = 10;

    private static final class NodeDrops {
        private final String node;
        private long count;
        private long firstMs = Long.MAX_VALUE;
        private long lastMs;
        private final Map<String, Long> causes = new LinkedHashMap<>();
        private final Map<String, Long> kinds = new LinkedHashMap<>();

        NodeDrops(String node) {
            this.node = node;
        }

        void add(DropRow row) {
            count++;
            firstMs = Math.min(firstMs, row.timeMs());
            lastMs = Math.max(lastMs, row.timeMs());
            causes.merge(row.cause(), 1L, Long::sum);
            kinds.merge(row.kind(), 1L, Long::sum);
        }
    }

    private final Map<String, NodeDrops> nodes = new LinkedHashMap<>();
    private long total;
    private long firstMs = -1;

    Drops(RunData data) throws IOException {
        data.forEachDrop(row -> {
            total++;
            firstMs = firstMs < 0 ? row.timeMs() : Math.min(firstMs, row.timeMs());
            nodes.computeIfAbsent(row.node(), NodeDrops::new).add(row);
        });
    }

    /** When the first sampled drop happened, ms; -1 if there is none. */
    long firstMs() {
        return firstMs;
    }

    Story.Table worstNodes() {
        var worst = new ArrayList<>(nodes.values());
        worst.sort(Comparator.comparingLong((NodeDrops n) -> n.count)
                .reversed()
                .thenComparing(n -> n.node, Grouping.NATURAL));
        List<List<String>> rows = worst.stream()
                .limit(WORST)
                .map(n -> List.of(
                        n.node,
                        Format.count(n.count),
                        Format.percent((double) n.count / total),
                        most(n.causes),
                        most(n.kinds),
                        Format.time(n.firstMs),
                        Format.time(n.lastMs)))
                .toList();
        String note = rows.isEmpty()
                ? "No drop was sampled."
                : "From " + Format.count(total) + " sampled drops at " + Format.count(nodes.size())
                        + " nodes; totals are in the charts.";
        return new Story.Table(
                ChartBook.DROPS,
                "Worst nodes",
                note,
                List.of("node", "sampled drops", "share", "main cause", "main kind", "first", "last"),
                rows);
    }

    private static String most(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
