package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose hosts change their rates: what the gauges show during the fault, and that the run returns to what it was. */
class RateFaultsTest {

    private static final String[] NETWORK = {
        "nodes.count=16",
        "nodes.per-host=4",
        "nodes.join-over=20s",
        "duration=8m",
        "metrics.window=20s",
        "dht.notifications.rate=1/s",
        "workload.uploaders.count=1",
        "workload.uploaders.start-after=40s",
        "workload.uploaders.start-spread=1s",
        "workload.uploaders.every=40s",
        "workload.upload.file-size=5MB"
    };

    @TempDir
    Path out;

    @ParameterizedTest
    @CsvSource({"1, 90, 1000", "2, 110, 600", "2, 85, 3000"})
    void slowCoresAreFullUntilTheBacklogIsGoneAndThenTheRunIsWhatItWas(int cores, int lasting, int factor)
            throws IOException {
        String host = "hosts=[{name: machines, count: 4, cores: " + cores + "}]";
        SmallRun run = run(host, "faults=[" + fault("slow-cpu", 100, lasting, "100%", factor) + "]");
        SmallRun calm = run(host);
        long end = 100 + lasting;
        for (long window = 120; window + 20 <= end; window += 20) {
            assertThat(run.at(window * 1_000, "host.cpu", "", "min"))
                    .as("from %d s", window)
                    .isCloseTo(1, within(1e-6));
        }
        for (long window = 0; window < 480; window += 20) {
            assertThat(run.at(window * 1_000, "host.cpu", "", "max"))
                    .as("from %d s", window)
                    .isBetween(0.0, 1.0);
        }
        assertThat(run.at(end / 20 * 20_000 + 20_000, "host.cpu", "", "max"))
                .as("the backlog is gone, at the speed that has returned")
                .isLessThan(0.7);
        returned(run, calm);
    }

    @ParameterizedTest
    @CsvSource({
        "throttle, 500, 50%",
        "throttle, 4000, 100%",
        "latency, 100, 100%",
        "loss, 90, 100%",
        "isolate, 1, 50%",
        "kill, 1, 50%",
        "slow-cpu, 0.1, 100%",
        "throttle, 0.1, 100%"
    })
    void aRunReturnsToWhatItWasAfterEachKindOfFault(String kind, double factor, String share) throws IOException {
        SmallRun run = run("network.loss=1%", "faults=[" + fault(kind, 95, 75, share, factor) + "]");
        SmallRun calm = run("network.loss=1%");
        returned(run, calm);
        if (!kind.equals("throttle") || !share.equals("100%")) return;
        double bytesPerSecond = 125e6 / factor;
        for (String gauge : List.of("host.bytes.up", "host.bytes.down")) {
            for (long window = 100; window < 160; window += 20) {
                assertThat(run.at(window * 1_000, gauge, "", "max"))
                        .as("%s from %d s", gauge, window)
                        .isLessThanOrEqualTo(bytesPerSecond * (1 + 1e-6));
            }
        }
    }

    @Test
    void faultsOfDifferentKindsOverlap() throws IOException {
        SmallRun run = run(
                "network.loss=1%",
                "faults=["
                        + String.join(
                                ",",
                                fault("slow-cpu", 0, 110, "50%", 300),
                                fault("throttle", 60, 70, "100%", 1_000),
                                fault("latency", 80, 40, "100%", 20),
                                fault("loss", 90, 45, "50%", 50),
                                fault("isolate", 95, 20, "50%", 1),
                                fault("kill", 100, 30, "25%", 1))
                        + "]");
        returned(run, run("network.loss=1%"));
        for (long window = 60; window < 120; window += 20) {
            assertThat(run.at(window * 1_000, "host.bytes.up", "", "max")).isLessThanOrEqualTo(125e3 * (1 + 1e-6));
            assertThat(run.at(window * 1_000, "host.cpu", "", "max")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aFaultThatLastsAsLongAsTheRunChangesNothingBefore() throws IOException {
        SmallRun run = run("faults=[" + fault("slow-cpu", 240, 240, "100%", 2_000) + "]");
        SmallRun calm = run();
        assertThat(run.at(460_000, "host.cpu", "", "min")).isCloseTo(1, within(1e-6));
        assertThat(digests(run, 240_000)).isEqualTo(digests(calm, 240_000)).hasSize(12);
        assertThat(run.end().digest()).isNotEqualTo(calm.end().digest());
    }

    /** In the last three minutes as many messages and uploads arrive as without the fault, and no queue is left. */
    private static void returned(SmallRun run, SmallRun calm) {
        assertThat(last(run, "transport.delivered") / last(calm, "transport.delivered"))
                .as("messages, against a run without the fault")
                .isBetween(0.7, 1.4);
        assertThat(last(run, "upload.succeeded")).as("uploads").isPositive();
        assertThat(run.at(460_000, "host.cpu", "", "mean"))
                .isCloseTo(calm.at(460_000, "host.cpu", "", "mean"), within(0.03));
        assertThat(run.at(460_000, "node.up", "", "min")).isEqualTo(16);
    }

    private static double last(SmallRun run, String metric) {
        return run.data().all(metric, "count").stream()
                .mapToDouble(series -> {
                    double sum = 0;
                    for (long start = 300_000; start < 480_000; start += 20_000) {
                        double value = run.at(start, metric, series.key().labels(), "count");
                        if (Double.isFinite(value)) sum += value;
                    }
                    return sum;
                })
                .sum();
    }

    private static List<String> digests(SmallRun run, long untilMs) throws IOException {
        return Files.readAllLines(run.data().directory().resolve("data/digest.txt")).stream()
                .filter(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) <= untilMs)
                .toList();
    }

    private static String fault(String kind, int at, int lasting, String share, double factor) {
        return "{name: " + kind + ", kind: " + kind + ", at: " + at + "s, lasting: " + lasting + "s, share: " + share
                + ", factor: " + factor + "}";
    }

    private SmallRun run(String... more) throws IOException {
        List<String> values = new ArrayList<>(List.of(NETWORK));
        values.addAll(List.of(more));
        return SmallRun.of(out, values.toArray(String[]::new));
    }
}
