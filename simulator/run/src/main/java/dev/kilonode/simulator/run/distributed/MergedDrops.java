package dev.kilonode.simulator.run.distributed;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.DropSource;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.simulator.run.control.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The drops of all workers that have ended. A worker that is lost takes its single drops with it; its windows have their numbers. */
final class MergedDrops implements DropSource {

    private static final class Part {
        final List<DropRow> sample = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final List<NodeDropsRow> byNode = new ArrayList<>();
        long drops;
    }

    private final long mostRows;
    private final Map<Integer, Part> parts = new TreeMap<>();

    /** @param mostRows rows of the sample */
    MergedDrops(long mostRows) {
        this.mostRows = mostRows;
    }

    void add(int part, Report.Rows rows) {
        Part of = parts.computeIfAbsent(part, unused -> new Part());
        of.sample.addAll(rows.dropSample());
        of.warnings.addAll(rows.dropWarnings());
        of.byNode.addAll(rows.dropsByNode());
    }

    void ended(int part, long drops) {
        parts.computeIfAbsent(part, unused -> new Part()).drops = drops;
    }

    @Override
    public long total() {
        return parts.values().stream().mapToLong(part -> part.drops).sum();
    }

    /** Of each worker as many rows as its share of all drops. */
    @Override
    public List<DropRow> sample() {
        long all = total();
        List<DropRow> rows = new ArrayList<>();
        for (Part part : parts.values()) {
            int have = part.sample.size();
            long wanted = all == 0 ? 0 : Math.min(have, Math.round((double) mostRows * part.drops / all));
            // every n-th row of a random sample is a random sample
            for (long i = 0; i < wanted; i++) rows.add(part.sample.get((int) (i * have / wanted)));
        }
        rows.sort(Comparator.comparingLong(DropRow::timeMs));
        return rows;
    }

    /** In order of time, as each line begins with it. */
    @Override
    public List<String> warnings() {
        return parts.values().stream()
                .flatMap(part -> part.warnings.stream())
                .sorted(Comparator.comparingLong(MergedDrops::timeMs))
                .toList();
    }

    private static long timeMs(String line) {
        String digits = line.replaceFirst("^time_ms=(\\d{1,18}).*", "$1");
        return digits.matches("\\d+") ? Long.parseLong(digits) : Long.MAX_VALUE;
    }

    /** Clients of all workers are one row, as in a run of one process. */
    @Override
    public List<NodeDropsRow> byNode() {
        List<NodeDropsRow> rows = new ArrayList<>();
        NodeDropsRow clients = null;
        for (Part part : parts.values()) {
            for (NodeDropsRow row : part.byNode) {
                if (!row.node().equals("client")) rows.add(row);
                else clients = clients == null ? row : sum(clients, row);
            }
        }
        rows.sort(Comparator.comparingInt(row -> number(row.node())));
        if (clients != null) rows.add(0, clients);
        return rows;
    }

    private static int number(String node) {
        return Integer.parseInt(node.substring(node.lastIndexOf('-') + 1));
    }

    private static NodeDropsRow sum(NodeDropsRow one, NodeDropsRow other) {
        NodeDropsRow more = one.drops() >= other.drops() ? one : other;
        return new NodeDropsRow(
                one.node(),
                one.drops() + other.drops(),
                Math.min(one.firstMs(), other.firstMs()),
                Math.max(one.lastMs(), other.lastMs()),
                more.mainCause(),
                more.mainKind());
    }
}
