package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.reports.run.DataIntegrity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class DropWarningsTest {

    private static final NodeAddress SOURCE = new NodeAddress(10 << 24 | 7, 10_001);
    private static final Pattern LINE =
            Pattern.compile("time_ms=\\d+ level=warn node=(\\S+) shard=\\d+ total_drops=(\\d+)"
                    + " cause=[a-z-]+ kind=[a-z-]+ from=[0-9.]+:\\d+");
    private static final Pattern REST = Pattern.compile("time_ms=\\d+ level=warn warnings_not_written=(\\d+)");

    private final DropWarnings warnings = new DropWarnings();

    private void drop(String node, long many) {
        for (long total = 1; total <= many; total++) {
            warnings.dropped(total, node, total, 3, DropCause.SHARD_FULL, MessageKind.PUT_REQUEST, SOURCE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 0",
        "63, 1, 0",
        "64, 1, 0",
        "65, 2, 0",
        "128, 2, 0",
        "129, 3, 0",
        "63936, 999, 0",
        "64000, 1000, 0",
        "64001, 1000, 1",
        "64064, 1000, 1",
        "64065, 1000, 2"
    })
    void everySixtyFourthDropOfANodeIsWarnedOfAndAThousandLinesAreKept(long drops, int lines, long rest) {
        drop("node-5", drops);
        List<String> all = warnings.lines();
        List<String> kept = rest == 0 ? all : all.subList(0, all.size() - 1);
        assertThat(kept).hasSize(lines).allMatch(line -> LINE.matcher(line).matches());
        for (int i = 0; i < lines; i++) assertThat(kept.get(i)).contains(" total_drops=" + (64 * i + 1) + " ");
        if (rest > 0) assertThat(all.get(all.size() - 1)).endsWith(" warnings_not_written=" + rest);
    }

    @Test
    void eachNodeHasItsOwnCountAndAllShareTheLines() {
        drop("node-1", 64);
        drop("node-2", 65);
        assertThat(warnings.lines())
                .containsExactly(
                        "time_ms=1 level=warn node=node-1 shard=3 total_drops=1 cause=shard-full kind=put-request"
                                + " from=10.0.0.7:10001",
                        "time_ms=1 level=warn node=node-2 shard=3 total_drops=1 cause=shard-full kind=put-request"
                                + " from=10.0.0.7:10001",
                        "time_ms=65 level=warn node=node-2 shard=3 total_drops=65 cause=shard-full kind=put-request"
                                + " from=10.0.0.7:10001");
        for (int node = 3; node < 1_100; node++) drop("node-" + node, 1);
        assertThat(warnings.lines()).hasSize(1_001);
        assertThat(warnings.lines().get(1_000)).isEqualTo("time_ms=1 level=warn warnings_not_written=100");
    }

    @TempDir
    Path out;

    /** Shards of one slot, whose drops are counted and logged; the same run logs the same. */
    @ParameterizedTest
    @CsvSource({"virtual, 1", "wall, 2"})
    void theLogOfARunFitsTheDropsOfItsNodes(String clock, int loops) throws IOException {
        SmallRun run = run("one", clock, loops);
        List<String> log = log(run);
        assertThat(log).hasSizeLessThanOrEqualTo(1_001);
        StringBuilder byNode = new StringBuilder();
        run.data()
                .forEachNodeDrops(row -> byNode.append(row.node())
                        .append(' ')
                        .append((row.drops() + 63) / 64)
                        .append('\n'));
        long expected = byNode.toString()
                .lines()
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                .sum();
        assertThat(expected).as("warnings of this run").isPositive();
        long rest = REST.matcher(log.get(log.size() - 1))
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        List<String> lines = rest == 0 ? log : log.subList(0, log.size() - 1);
        assertThat(lines.size() + rest).isEqualTo(expected);
        assertThat(rest == 0 || lines.size() == 1_000).isTrue();
        var totals = lines.stream()
                .map(line -> LINE.matcher(line).results().findFirst().orElseThrow(() -> new AssertionError(line)))
                .collect(Collectors.groupingBy(
                        (Function<MatchResult, String>) match -> match.group(1),
                        Collectors.mapping(match -> Long.parseLong(match.group(2)), Collectors.toList())));
        totals.forEach((node, counts) -> {
            for (int i = 0; i < counts.size(); i++)
                assertThat(counts.get(i)).as(node).isEqualTo(64L * i + 1);
        });
        assertThat(run.data().integrity()).isEqualTo(new DataIntegrity(true, List.of()));
        if (clock.equals("virtual")) assertThat(log(run("other", clock, loops))).isEqualTo(log);
    }

    private SmallRun run(String folder, String clock, int loops) throws IOException {
        return SmallRun.of(
                out.resolve(folder),
                "clock=" + clock,
                "wall.loops=" + loops,
                "wall.first-address=" + Loopback.first(),
                "identity.algorithm=Ed25519",
                "hosts=[{name: machines, count: 4}]",
                "nodes.count=16",
                "nodes.per-host=4",
                "nodes.join-over=1s",
                "duration=8s",
                "metrics.window=2s",
                "dht.notifications.rate=300/s",
                "transport.shards=1",
                "transport.receive-capacity=1",
                "transport.min-shard-capacity=1",
                "costs.handle.base=20ms",
                "workload.uploaders.count=0");
    }

    private static List<String> log(SmallRun run) throws IOException {
        return Files.readAllLines(run.data().directory().resolve("logs/drops.log"));
    }

    @Test
    void aRunWithoutDropsHasNoLog() throws IOException {
        SmallRun run = SmallRun.of(out, "nodes.count=8", "duration=2m", "nodes.join-over=5s", "metrics.window=10s");
        assertThat(run.total("transport.drops")).isZero();
        assertThat(run.data().directory().resolve("logs/drops.log")).doesNotExist();
    }

    @Test
    void loopsShareTheCounts() throws InterruptedException {
        DropRecorder drops = DropRecorderTest.empty();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            int node = i;
            threads[i] = new Thread(() -> {
                for (int drop = 0; drop < 32_000; drop++) {
                    drops.of(node).dropped(node / 2, 0, DropCause.SHARD_FULL, null, SOURCE);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) thread.join();
        drops.record();
        assertThat(drops.total()).isEqualTo(128_000);
        assertThat(drops.warnings()).hasSize(1_001);
        assertThat(drops.warnings().get(1_000)).endsWith("warnings_not_written=1000");
    }
}
