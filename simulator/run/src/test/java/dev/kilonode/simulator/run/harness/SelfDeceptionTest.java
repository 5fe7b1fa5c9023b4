package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the lock alone causes the degradation: each test adds or removes one cause and compares the runs. */
class SelfDeceptionTest {

    private static final String HEAVY = "costs.endpoint-lock.wait-per-packet-rate=1500us";
    private static final String NO_BOUND = "transport.min-shard-capacity=100000";

    /** Clients that leave without a close, and a registration wait that grows with the connections they leave. */
    private static final String[] GROWING = {
        "costs.endpoint-lock.wait-per-packet-rate=300us",
        "network.keeps-dead-connections=true",
        "workload.uploaders.count=6",
        "workload.uploaders.every=30s",
        "workload.uploaders.abrupt-exit=100%",
        "workload.upload.file-size=4MB"
    };

    /** Where one run of eight minutes with a few uploads says too little. */
    private static final List<String> SEEDS = List.of("seed=1", "seed=2", "seed=3", "seed=4");

    @TempDir
    Path out;

    @Test
    void aHeavyLockHurtsTheDesignThatHoldsThePeerMapAcrossIt() throws IOException {
        SmallRun across = across(HEAVY);
        SmallRun scoped = scoped(HEAVY);
        assertThat(across.total("transport.drops")).isGreaterThan(1_000);
        assertThat(scoped.total("transport.drops")).isZero();
        assertThat(across.meanUploadMs()).isGreaterThan(2 * scoped.meanUploadMs());
        assertThat(last(across, "mean")).isGreaterThan(0.5);
    }

    @Test
    void withoutABoundNothingIsDroppedAndTheWaitRemains() throws IOException {
        SmallRun across = across(HEAVY, NO_BOUND);
        SmallRun scoped = scoped(HEAVY, NO_BOUND);
        assertThat(across.total("transport.drops")).isZero();
        assertThat(across.meanUploadMs()).isGreaterThan(2 * scoped.meanUploadMs());
    }

    /** Only the connections left by clients grow. Without a bound on queues the growth shows in waiting times, not in drops. */
    @Test
    void withoutABoundTheWaitStillGrowsWhereTheLockIsHeldAcrossRegistrations() throws IOException {
        double acrossGrowth = 0;
        double scopedGrowth = 0;
        for (String seed : SEEDS) {
            SmallRun across = across(with(GROWING, NO_BOUND, seed));
            SmallRun scoped = scoped(with(GROWING, NO_BOUND, seed));
            assertThat(across.total("transport.drops")).as(seed).isZero();
            assertThat(scoped.total("transport.drops")).as(seed).isZero();
            acrossGrowth += residenceGrowth(across) / SEEDS.size();
            scopedGrowth += residenceGrowth(scoped) / SEEDS.size();
        }
        assertThat(acrossGrowth).isGreaterThan(2);
        assertThat(acrossGrowth).isGreaterThan(1.25 * scopedGrowth);
    }

    @Test
    void withOneConnectionANodeRegistrationCostsNextToNothing() throws IOException {
        String[] idle = {"workload.uploaders.count=0", "dht.notifications.rate=1/s", HEAVY};
        SmallRun many = across(idle);
        SmallRun one = across(with(idle, "nodes.count=2", "nodes.bootstraps=1"));
        assertThat(last(one, "connections.open", "origin=node", "max")).isEqualTo(1);
        assertThat(last(many, "connections.open", "origin=node", "mean")).isGreaterThan(20);
        double manyMs = last(many, "registration.latency", "", "mean");
        assertThat(last(one, "registration.latency", "", "mean")).isPositive().isLessThan(manyMs / 15);
        assertThat(last(one, "mean")).isLessThan(last(many, "mean") / 15);
    }

    @Test
    void doublingTheCoresMovesWhatProcessorsBoundAndNotWhatTheLockBounds() throws IOException {
        String[] busy = {"costs.handle.base=25ms", "costs.endpoint-lock.acquisitions=0"};
        assertThat(last(across(with(busy, cores(1))), "host.cpu", "", "mean")).isGreaterThan(0.8);
        double slow = residence(across(with(busy, cores(1))));
        assertThat(residence(across(with(busy, cores(2))))).isLessThan(slow / 2);

        String[] locked = {HEAVY, NO_BOUND};
        double oneMs = 0;
        double twoMs = 0;
        for (String seed : SEEDS) {
            SmallRun one = across(with(locked, cores(1), seed));
            SmallRun two = across(with(locked, cores(2), seed));
            assertThat(last(one, "host.cpu", "", "mean")).as(seed).isLessThan(0.3);
            assertThat(last(two, "mean")).as(seed).isCloseTo(last(one, "mean"), within(last(one, "mean") / 10));
            oneMs += one.meanUploadMs();
            twoMs += two.meanUploadMs();
        }
        assertThat(twoMs).isCloseTo(oneMs, within(oneMs / 5));
    }

    /** A network that has been idle for twenty more minutes degrades in the same way: nothing depends on the time of the run. */
    @Test
    void howLongTheNetworkHasLastedChangesNothing() throws IOException {
        String[] still = {"dht.refresh.buckets=0"};
        SmallRun soon = across(with(GROWING, still));
        SmallRun later =
                across(with(GROWING, "dht.refresh.buckets=0", "workload.uploaders.start-after=21m", "duration=28m"));
        assertThat(soon.total("upload.started")).isCloseTo(later.total("upload.started"), within(3.0));
        double ms = soon.meanUploadMs();
        assertThat(later.meanUploadMs()).isPositive().isCloseTo(ms, within(ms / 4));
        double hold = last(soon, "registration.latency", "", "mean");
        assertThat(last(later, "registration.latency", "", "mean")).isCloseTo(hold, within(hold / 5));
    }

    /** The only change without uploads: buckets become old enough for a refresh. It is a step, not a slope. */
    @Test
    void withoutUploadsOnlyTheBucketRefreshBeginsAndThenStaysAsItIs() throws IOException {
        SmallRun across = across(
                "workload.uploaders.count=0",
                "duration=20m",
                "metrics.window=2m",
                "dht.refresh.stale-after=8m",
                "dht.refresh.interval=1m",
                "costs.endpoint-lock.wait-per-packet-rate=100us");
        double before = across.at(240_000, "registry.lock.utilisation", "lock=peers", "mean");
        assertThat(across.at(360_000, "registry.lock.utilisation", "lock=peers", "mean"))
                .isCloseTo(before, within(before / 10));
        double after = across.at(720_000, "registry.lock.utilisation", "lock=peers", "mean");
        assertThat(after).isGreaterThan(1.5 * before);
        assertThat(last(across, "mean")).isCloseTo(after, within(after / 10));
        assertThat(across.total("transport.drops")).isZero();
    }

    @Test
    void withAHealthyLockTheDesignsAreAlike() throws IOException {
        SmallRun across = across();
        SmallRun scoped = scoped();
        assertThat(across.total("transport.drops")).isZero();
        assertThat(scoped.total("transport.drops")).isZero();
        double scopedMs = scoped.meanUploadMs();
        assertThat(across.meanUploadMs()).isPositive().isCloseTo(scopedMs, within(scopedMs / 20));
    }

    @Test
    void withoutUploadsNothingGrows() throws IOException {
        SmallRun across = across(
                "workload.uploaders.count=0",
                "duration=14m",
                "metrics.window=2m",
                "costs.endpoint-lock.wait-per-packet-rate=300us");
        double first = across.at(120_000, "registry.lock.utilisation", "lock=peers", "mean");
        assertThat(first).isGreaterThan(0.01);
        assertThat(last(across, "mean")).isCloseTo(first, within(first / 10));
        assertThat(across.total("transport.drops")).isZero();
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String cores(int cores) {
        return "hosts=[{name: machines, count: 6, cores: " + cores + "}]";
    }

    private static double residence(SmallRun run) {
        return last(run, "shard.residence", "", "mean");
    }

    /** The growth of the time that a message stays in a shard, from the first to the last half minute with uploads. */
    private static double residenceGrowth(SmallRun run) {
        return residence(run) / run.at(60_000, "shard.residence", "", "mean");
    }

    private static double last(SmallRun run, String stat) {
        return last(run, "registry.lock.utilisation", "lock=peers", stat);
    }

    private static double last(SmallRun run, String metric, String labels, String stat) {
        var series = Objects.requireNonNull(run.data().series(metric, labels, stat));
        return series.value(series.size() - 1);
    }

    private SmallRun across(String... more) throws IOException {
        return run("lock-across-registration", more);
    }

    private SmallRun scoped(String... more) throws IOException {
        return run("scoped-locks", more);
    }

    private SmallRun run(String registry, String... more) throws IOException {
        List<String> values = new ArrayList<>(
                List.of("transport.registry=" + registry, "dht.notifications.rate=5/s", "duration=8m", "seed=1"));
        values.addAll(List.of(more));
        return SmallRun.of(out, values.toArray(String[]::new));
    }
}
