package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mechanisms of storage and routing, one at a time: each test changes one setting and checks its metric. */
class StorageMechanismsTest {

    private static final String SYNC = "replication.sync.peers=4";

    /** Short intervals, so that minutes show the effects of hours. */
    private static final String[] OFTEN = {
        "replication.sync.every.min=1m",
        "replication.sync.every.max=2m",
        "replication.sync.cool-down=2m",
        "replication.audit.every.min=1m",
        "replication.audit.every.max=2m"
    };

    private static final String[] MOVING = {
        "workload.churn.restarts-per-node=20/h", "workload.churn.downtime=20s", "workload.churn.new-address=100%"
    };

    @TempDir
    Path out;

    @Test
    void syncRepairsWhatFreshReplicationLeftOut() throws IOException {
        String[] poor = with(OFTEN, "replication.copy-queue=0", "replication.concurrent-copies=1");
        SmallRun without = run(poor);
        SmallRun with = run(poor, SYNC);
        assertThat(without.total("replication.syncs")).isZero();
        assertThat(with.total("replication.syncs")).isGreaterThan(100);
        assertThat(with.total("replication.fetches")).isPositive();
        assertThat(last(with, "store.chunks", "", "mean")).isGreaterThan(last(without, "store.chunks", "", "mean"));
    }

    @Test
    void hintsTakeLongerTheMoreIsStored() throws IOException {
        String[] dear = with(OFTEN, SYNC, "costs.scan.per-kib=2ms");
        SmallRun little = run(dear, "workload.upload.file-size=4MB");
        SmallRun much = run(dear, "workload.upload.file-size=80MB");
        assertThat(last(much, "replication.hints.keys", "", "max"))
                .isGreaterThan(3 * last(little, "replication.hints.keys", "", "max"));
        assertThat(last(much, "replication.hints.latency", "", "max"))
                .isGreaterThan(2 * last(little, "replication.hints.latency", "", "max"));
        assertThat(last(much, "replication.hints.keys", "", "max"))
                .as("within one run too")
                .isGreaterThan(much.at(120_000, "replication.hints.keys", "", "max"));
    }

    @Test
    void hintsThatReadThePeerMapWaitForTheLockWhereItIsHeldAcrossRegistrations() throws IOException {
        String[] heavy =
                with(OFTEN, SYNC, "costs.endpoint-lock.wait-per-packet-rate=1500us", "dht.notifications.rate=3/s");
        SmallRun without = run(heavy);
        SmallRun across = run(heavy, "replication.sync.peer-reads-per-key=1");
        SmallRun scoped = run(heavy, "replication.sync.peer-reads-per-key=1", "transport.registry=scoped-locks");
        double waiting = max(across, "replication.hints.latency", "", "mean");
        assertThat(waiting).isGreaterThan(5 * max(without, "replication.hints.latency", "", "mean"));
        assertThat(waiting).isGreaterThan(5 * max(scoped, "replication.hints.latency", "", "mean"));
    }

    @Test
    void auditsAskNeighboursForProof() throws IOException {
        assertThat(run(OFTEN).total("replication.audits")).isZero();
        SmallRun with = run(OFTEN, "replication.audit.enabled=true");
        assertThat(with.total("replication.audits")).isGreaterThan(50);
        assertThat(count(with, "replication.audits", "outcome=passed")).isPositive();
    }

    @Test
    void theReplicationLoopWaitsForTheChain() throws IOException {
        SmallRun without = run(new String[0]);
        SmallRun with = run(new String[0], "replication.payment-lookup=4s");
        assertThat(max(with, "replication.loop.occupied", "", "max")).isEqualTo(4_000);
        assertThat(max(without, "replication.loop.occupied", "", "max")).isLessThan(1_000);
        assertThat(with.meanUploadMs()).as("uploads do not wait for it").isLessThan(1.1 * without.meanUploadMs());
    }

    @Test
    void republishedHintsAreTrafficThatWaitsForNobody() throws IOException {
        String[] often = {"dht.hints.every.min=20s", "dht.hints.every.max=40s"};
        assertThat(count(run(often), "transport.delivered", "kind=notify")).isZero();
        double notifications = count(run(often, "dht.hints.neighbours=20"), "transport.delivered", "kind=notify");
        assertThat(notifications)
                .as("30 nodes, 20 each, every 30 s for some 7 minutes")
                .isBetween(6_000.0, 9_600.0);
    }

    @Test
    void peersThatMoveLeaveDeadAddressesWhichCostDials() throws IOException {
        SmallRun without = run(MOVING);
        SmallRun with = run(MOVING, "dht.addresses-per-peer=8");
        SmallRun still = run(new String[0], "dht.addresses-per-peer=8");
        assertThat(last(with, "dht.addresses.dead", "", "mean"))
                .isGreaterThan(2 * last(without, "dht.addresses.dead", "", "mean"));
        assertThat(max(with, "lookup.latency", "", "mean"))
                .as("a dead peer is dialled at one address after another")
                .isGreaterThan(1.2 * max(without, "lookup.latency", "", "mean"));
        assertThat(last(still, "dht.addresses.dead", "", "max"))
                .as("nobody moves")
                .isZero();
    }

    @Test
    void addressesAreRememberedForEverAndTakeProcessorTime() throws IOException {
        SmallRun without = run(new String[0]);
        SmallRun with =
                run(new String[0], "costs.side-tables.addresses=100000", "costs.side-tables.per-address-second=1ms");
        assertThat(max(without, "endpoint.addresses.remembered", "", "max")).isZero();
        assertThat(last(with, "endpoint.addresses.remembered", "", "mean"))
                .as("clients come and go, each from an address of its own")
                .isGreaterThan(with.at(120_000, "endpoint.addresses.remembered", "", "mean") + 3);
        assertThat(last(with, "host.cpu", "", "mean")).isGreaterThan(2 * last(without, "host.cpu", "", "mean"));
    }

    @Test
    void bucketRefreshIsAStepOnceBucketsAreStaleAndThenNothingMore() throws IOException {
        String[] early = {
            "dht.refresh.stale-after=4m", "dht.refresh.interval=1m", "workload.uploaders.count=0", "duration=10m"
        };
        SmallRun without = run(early, "dht.refresh.buckets=0");
        SmallRun with = run(early);
        assertThat(without.total("dht.refreshes")).isZero();
        assertThat(with.at(210_000, "dht.refreshes", "", "count"))
                .as("before it")
                .isZero();
        assertThat(with.at(360_000, "dht.refreshes", "", "count")).isGreaterThan(500);
        assertThat(with.at(360_000, "dht.refreshes", "", "count"))
                .as("after the step it stays as it is")
                .isBetween(
                        0.8 * last(with, "dht.refreshes", "", "count"), 1.2 * last(with, "dht.refreshes", "", "count"));
        assertThat(max(with, "dht.refresh.due", "", "max"))
                .as("buckets never filled are stale too")
                .isGreaterThan(200);
        assertThat(count(with, "transport.delivered", "kind=find-node"))
                .isGreaterThan(3 * count(without, "transport.delivered", "kind=find-node"));
    }

    private static double count(SmallRun run, String metric, String labels) {
        var series = Objects.requireNonNull(run.data().series(metric, labels, "count"));
        double sum = 0;
        for (int i = 0; i < series.size(); i++) sum += series.value(i);
        return sum;
    }

    private static double max(SmallRun run, String metric, String labels, String stat) {
        var series = run.data().series(metric, labels, stat);
        double max = 0;
        for (int i = 0; series != null && i < series.size(); i++) max = Math.max(max, series.value(i));
        return max;
    }

    /** The last value of a series; some windows have none. */
    private static double last(SmallRun run, String metric, String labels, String stat) {
        var series = Objects.requireNonNull(run.data().series(metric, labels, stat));
        return series.value(series.size() - 1);
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private SmallRun run(String[] common, String... more) throws IOException {
        List<String> values = new ArrayList<>(List.of("duration=8m", "seed=1"));
        values.addAll(List.of(common));
        values.addAll(List.of(more));
        return SmallRun.of(out, values.toArray(String[]::new));
    }
}
