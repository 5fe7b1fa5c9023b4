package dev.kilonode.simulator.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the degradation comes from the lock, and from nothing else: planted, removed and compared. */
class SelfDeceptionTest {

    private static final String HEAVY = "costs.endpoint-lock.wait-per-packet-rate=1500us";
    private static final String NO_BOUND = "transport.min-shard-capacity=100000";

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

    private static double last(SmallRun run, String stat) {
        var series = Objects.requireNonNull(run.data().series("registry.lock.utilisation", "lock=peers", stat));
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
