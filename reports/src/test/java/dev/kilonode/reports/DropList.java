package dev.kilonode.reports;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.DropSource;
import dev.kilonode.reports.run.NodeDropsRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Drops for made-up runs: all of them are the sample. */
public final class DropList implements DropSource {

    private final List<DropRow> rows = new ArrayList<>();

    public DropList add(DropRow row) {
        rows.add(row);
        return this;
    }

    @Override
    public long total() {
        return rows.size();
    }

    @Override
    public List<DropRow> sample() {
        return rows.stream().sorted(Comparator.comparingLong(DropRow::timeMs)).toList();
    }

    @Override
    public List<NodeDropsRow> byNode() {
        var nodes = new TreeMap<String, NodeDropsRow>();
        for (DropRow row : sample()) {
            nodes.merge(
                    row.node(),
                    new NodeDropsRow(row.node(), 1, row.timeMs(), row.timeMs(), row.cause(), row.kind()),
                    (before, one) -> new NodeDropsRow(
                            one.node(),
                            before.drops() + 1,
                            before.firstMs(),
                            one.lastMs(),
                            before.mainCause(),
                            before.mainKind()));
        }
        return List.copyOf(nodes.values());
    }
}
