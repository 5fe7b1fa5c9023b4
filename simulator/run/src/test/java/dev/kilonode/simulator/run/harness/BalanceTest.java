package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.UploadRow;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run checks all invariants at every window and throws when one is violated, so these runs prove them by completing. */
class BalanceTest {

    private static final int NODES = 24;

    @TempDir
    Path out;

    @ParameterizedTest
    @CsvSource({
        "kill, 1, 50%",
        "isolate, 1, 50%",
        "latency, 20, 50%",
        "loss, 30, 50%",
        "throttle, 100, 50%",
        "slow-cpu, 50, 50%",
        "kill, 1, 100%",
        "garbage, 1, 50%"
    })
    void everyFaultLeavesTheAccountsBalancedAndTheNodesUp(String kind, String factor, String share) throws IOException {
        SmallRun run = SmallRun.of(
                out,
                "nodes.count=" + NODES,
                "nodes.per-host=4",
                "duration=5m",
                "metrics.window=10s",
                "network.loss=1%",
                "dht.notifications.rate=1/s",
                "workload.phases=[{name: calm, kind: hold, duration: 1m, uploaders: 2},"
                        + " {name: more, kind: ramp, duration: 2m, uploaders: 1}]",
                "faults=[{name: trouble, kind: " + kind + ", at: 90s, lasting: 1m, share: " + share + ", factor: "
                        + factor + "}]");
        String what = kind + " of " + share + ", seed 1";
        assertThat(run.events())
                .as(what)
                .contains(
                        EventRow.span(EventRow.Type.FAULT, "trouble", 90_000, 150_000),
                        EventRow.span(EventRow.Type.PHASE, "calm", 60_000, 120_000),
                        EventRow.span(EventRow.Type.PHASE, "more", 120_000, 240_000));
        assertThat(run.at(260_000, "node.up", "", "min")).as(what).isEqualTo(NODES);
        double upMeanwhile = run.at(110_000, "node.up", "", "min");
        if (kind.equals("kill")) {
            assertThat(upMeanwhile).as(what).isEqualTo(share.equals("100%") ? 0 : NODES / 2);
            assertThat(run.total("node.restarts")).as(what).isEqualTo(NODES - upMeanwhile);
        } else {
            assertThat(upMeanwhile).as(what).isEqualTo(NODES);
        }
        uploadsBalance(run, what);
    }

    @Test
    void aKilledNodeIsHeardAndSeenAgainAfterwards() throws IOException {
        SmallRun run = SmallRun.of(
                out,
                "nodes.count=" + NODES,
                "nodes.per-host=4",
                "duration=5m",
                "dht.notifications.rate=1/s",
                "workload.uploaders.count=0",
                "faults=[{name: trouble, kind: kill, at: 90s, lasting: 1m}]");
        double before = delivered(run, 60_000);
        assertThat(before).isPositive();
        assertThat(delivered(run, 120_000)).isLessThan(before / 10); // those in transit when it began
        assertThat(delivered(run, 270_000)).isGreaterThan(before / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void restartsAllTheTimeLeaveTheAccountsBalanced(long seed) throws IOException {
        SmallRun run = SmallRun.of(
                out,
                "seed=" + seed,
                "nodes.count=" + NODES,
                "nodes.per-host=4",
                "duration=5m",
                "metrics.window=5s",
                "network.keeps-dead-connections=true",
                "dht.notifications.rate=1/s",
                "workload.uploaders.every=30s",
                "workload.uploaders.abrupt-exit=50%",
                "workload.churn.restarts-per-node=40/h",
                "workload.churn.downtime=10s",
                "workload.churn.abrupt=50%");
        assertThat(run.total("node.restarts")).as("seed " + seed).isGreaterThan(20);
        assertThat(run.total("transport.delivered")).as("seed " + seed).isGreaterThan(10_000);
        uploadsBalance(run, "seed " + seed);
    }

    private static double delivered(SmallRun run, long startMs) {
        return run.data().all("transport.delivered", "count").stream()
                .mapToDouble(series ->
                        run.at(startMs, "transport.delivered", series.key().labels(), "count"))
                .filter(Double::isFinite)
                .sum();
    }

    private static void uploadsBalance(SmallRun run, String what) throws IOException {
        double started = run.total("upload.started");
        long running = run.uploads().stream()
                .filter(row -> row.outcome() == UploadRow.Outcome.RUNNING)
                .count();
        assertThat(started).as(what).isPositive().isEqualTo(run.uploads().size());
        assertThat(started).as(what).isEqualTo(run.total("upload.succeeded") + run.total("upload.failed") + running);
    }
}
