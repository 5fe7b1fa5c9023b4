package dev.kilonode.simulator.run.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.simulator.run.control.Report;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergedDropsTest {

    private static Report.Rows sample(int node, int rows) {
        List<DropRow> sample = IntStream.range(0, rows)
                .mapToObj(i -> new DropRow(10L * i, "node-" + node, 0, "shard-full", "ping", "127.1.0.1"))
                .toList();
        return new Report.Rows(List.of(), List.of(), sample, List.of(), List.of());
    }

    @Test
    void eachWorkerHasItsShareOfTheSample() {
        MergedDrops drops = new MergedDrops(100);
        drops.add(0, sample(1, 80));
        drops.add(1, sample(2, 80));
        drops.ended(0, 900);
        drops.ended(1, 100);
        List<DropRow> rows = drops.sample();
        assertThat(drops.total()).isEqualTo(1_000);
        assertThat(rows.stream().filter(row -> row.node().equals("node-1"))).hasSize(80);
        assertThat(rows.stream().filter(row -> row.node().equals("node-2"))).hasSize(10);
        assertThat(rows).extracting(DropRow::timeMs).isSorted();
    }

    @Test
    void clientsOfAllWorkersAreOneRowAndWarningsAreInOrderOfTime() {
        MergedDrops drops = new MergedDrops(100);
        drops.add(
                0,
                new Report.Rows(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("time_ms=30 a", "time_ms=200 b"),
                        List.of(
                                new NodeDropsRow("client", 3, 10, 50, "unread", "ping"),
                                new NodeDropsRow("node-10", 1, 1, 1, "x", ""))));
        drops.add(
                1,
                new Report.Rows(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("time_ms=4 c"),
                        List.of(
                                new NodeDropsRow("client", 5, 5, 40, "shard-full", "pong"),
                                new NodeDropsRow("node-9", 1, 1, 1, "x", ""))));
        drops.ended(0, 4);
        drops.ended(1, 6);
        assertThat(drops.byNode())
                .containsExactly(
                        new NodeDropsRow("client", 8, 5, 50, "shard-full", "pong"),
                        new NodeDropsRow("node-9", 1, 1, 1, "x", ""),
                        new NodeDropsRow("node-10", 1, 1, 1, "x", ""));
        assertThat(drops.warnings()).containsExactly("time_ms=4 c", "time_ms=30 a", "time_ms=200 b");
    }

    @Test
    void withoutDropsThereIsNothing() {
        MergedDrops drops = new MergedDrops(100);
        drops.ended(0, 0);
        assertThat(drops.sample()).isEmpty();
        assertThat(drops.byNode()).isEmpty();
        assertThat(drops.warnings()).isEmpty();
    }
}
