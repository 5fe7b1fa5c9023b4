package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropRecorderTest {

    private static final int HOURS = 6;
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final NodeAddress SOURCE = new NodeAddress(10 << 24 | 7, 10_001);

    private final Map<String, long[]> truth = new HashMap<>(); // node to count, first, last

    private static LoadedScenario scenario(long seed, String... overrides) {
        List<ValueOverride> values = new java.util.ArrayList<>(List.of(
                ValueOverride.parse("test", "duration=" + HOURS + "h"), ValueOverride.parse("test", "seed=" + seed)));
        Arrays.stream(overrides).map(text -> ValueOverride.parse("test", text)).forEach(values::add);
        return new ScenarioLoader().load(Path.of("../..", "scenarios", "smoke.yaml"), values);
    }

    /** A recorder without drops. */
    static DropRecorder empty() {
        LoadedScenario loaded = scenario(1);
        return new DropRecorder(ScenarioWorlds.of(loaded, 1), loaded.scenario());
    }

    /** Records 10,000 x (h + 1) drops in hour h, evenly spaced, at random nodes. Node 3 has no drops before the last two hours. */
    private DropRecorder recorded(long seed, String... overrides) {
        LoadedScenario loaded = scenario(seed, overrides);
        World world = ScenarioWorlds.of(loaded, 1);
        DropRecorder drops = new DropRecorder(world, loaded.scenario());
        RandomStream random = new RandomStream(seed);
        for (int hour = 0; hour < HOURS; hour++) {
            int many = 10_000 * (hour + 1);
            for (int i = 0; i < many; i++) {
                world.runUntil(hour * HOUR_NANOS + HOUR_NANOS / many * i);
                int node = random.nextInt(31) - 1;
                if (hour < 4 && node == 3) node = 4;
                if (hour >= 4 && node > 20) node = 3;
                MessageKind kind = node == 3 ? MessageKind.NOTIFY : random.nextInt(3) == 0 ? null : MessageKind.PING;
                drops.of(i % world.loops()).dropped(node, i % 8, DropCause.SHARD_FULL, kind, SOURCE);
                long nowMs = world.nowNanos() / 1_000_000;
                long[] known =
                        truth.computeIfAbsent(node < 0 ? "client" : "node-" + node, n -> new long[] {0, nowMs, 0});
                known[0]++;
                known[2] = nowMs;
                if (i % 1_000 == 0) drops.record();
            }
        }
        drops.record();
        return drops;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSampleIsOfTheWholeRunAndOfAllNodesAlike(long seed) {
        DropRecorder drops = recorded(seed);
        List<DropRow> sample = drops.sample();
        assertThat(drops.total()).isEqualTo(210_000);
        assertThat(sample).hasSize(20_000);
        assertThat(sample).extracting(DropRow::timeMs).isSorted();
        for (int hour = 0; hour < HOURS; hour++) {
            int at = hour;
            long found = sample.stream()
                    .filter(row -> row.timeMs() / 3_600_000 == at)
                    .count();
            near(found, (hour + 1) / 21.0, "seed " + seed + ", hour " + hour);
        }
        truth.forEach((node, known) -> near(
                sample.stream().filter(row -> row.node().equals(node)).count(),
                known[0] / 210_000.0,
                "seed " + seed + ", " + node));
        near(
                sample.stream().filter(row -> row.kind().isEmpty()).count(),
                drops.byNode().stream()
                                .filter(row -> !row.node().equals("node-3"))
                                .mapToLong(NodeDropsRow::drops)
                                .sum()
                        / 3.0
                        / 210_000,
                "seed " + seed + ", unknown kinds");
    }

    /** Checks that the share is within five standard deviations for 20,000 draws. */
    private static void near(long found, double share, String where) {
        double expected = 20_000 * share;
        assertThat((double) found).as(where).isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - share))));
    }

    @Test
    void everyDropIsCountedAtItsNode() {
        List<NodeDropsRow> rows = recorded(4).byNode();
        assertThat(rows).hasSize(truth.size());
        for (NodeDropsRow row : rows) {
            long[] known = truth.get(row.node());
            assertThat(new long[] {row.drops(), row.firstMs(), row.lastMs()})
                    .as(row.node())
                    .isEqualTo(known);
            assertThat(row.mainCause()).isEqualTo("shard-full");
            assertThat(row.mainKind()).isEqualTo(row.node().equals("node-3") ? "notify" : "ping");
        }
        NodeDropsRow worst = rows.stream()
                .max(java.util.Comparator.comparingLong(NodeDropsRow::drops))
                .orElseThrow();
        assertThat(worst.node()).as("the first 20,000 know nothing of it").isEqualTo("node-3");
        assertThat(worst.firstMs()).isGreaterThanOrEqualTo(4 * 3_600_000);
    }

    @Test
    void theSameSeedDrawsTheSameSample() {
        assertThat(recorded(5).sample())
                .isEqualTo(recorded(5).sample())
                .isNotEqualTo(recorded(6).sample());
    }

    @Test
    void theSampleIsAsLargeAsTheScenarioSays() {
        assertThat(recorded(7, "metrics.drop-sample-cap=500").sample()).hasSize(500);
        assertThat(recorded(7, "metrics.drop-samples=0.01/s").sample()).hasSize(216);
        DropRecorder none = recorded(7, "metrics.drop-samples=0/s");
        assertThat(none.sample()).isEmpty();
        assertThat(none.byNode()).isNotEmpty();
    }
}
