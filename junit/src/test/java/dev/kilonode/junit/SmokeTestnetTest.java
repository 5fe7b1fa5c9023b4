package dev.kilonode.junit;

import static dev.kilonode.junit.Share.PERCENT;
import static dev.kilonode.junit.Share.RATIO;
import static dev.kilonode.junit.TestnetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The smoke scenario, as a user of the extension would test it. */
class SmokeTestnetTest {

    @Testnet("../scenarios/smoke.yaml")
    void aHealthyNetworkStaysHealthy(TestnetRun run) {
        assertThat(run).passes();
        assertThat(run).uploads().p95().isAtMost(Duration.ofMinutes(1)).isAtLeast(Duration.ofSeconds(5));
        assertThat(run).uploads().p50().isAtMost(Duration.ofMinutes(1));
        assertThat(run).uploads().succeeded().isAtLeast(4);
        assertThat(run).uploads().failed().isZero();
        assertThat(run).drops().ratio().isAtMost(1, PERCENT);
        assertThat(run).identityTimeouts().ratio().isAtMost(0.01, RATIO);
        assertThat(run).identityTimeouts().count().isZero();
        assertThat(run).latency("identity.latency").p95().isAtMost(Duration.ofSeconds(15));
    }

    @Testnet(
            value = "../scenarios/smoke.yaml",
            set = {"workload.uploaders.every=1m", "duration=20m"},
            seeds = {3, 4})
    void itDoesNotGetSlower(TestnetRun run) {
        assertThat(run.seed()).isBetween(3L, 4L);
        assertThat(run).uploads().p95().growsLessThan(10, PERCENT);
    }

    @Testnet("../scenarios/smoke.yaml")
    void whatDoesNotHoldIsSaidWithNumbersAndTheReport(TestnetRun run) {
        assertThatThrownBy(() -> assertThat(run).uploads().p95().isAtMost(Duration.ofSeconds(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("upload.latency p95 was ")
                .hasMessageContaining(" s, expected at most 2,000 ms")
                .hasMessageContaining("report: " + run.report())
                .hasMessageContaining("again: kilonode run ../scenarios/smoke.yaml");
        assertThatThrownBy(() -> assertThat(run).uploads().succeeded().isAtLeast(1000))
                .hasMessageContaining("upload.succeeded was 10, expected at least 1,000");
        assertThatThrownBy(() -> assertThat(run).drops().ratio().isAtLeast(1, PERCENT))
                .hasMessageContaining("transport.drops was 0 % of transport.offered, expected at least 1 %");
        assertThatThrownBy(() -> assertThat(run).hasVerdict(dev.kilonode.reports.run.Summary.Verdict.FAIL))
                .hasMessageContaining("expected the verdict FAIL, got PASS: all 4 checks passed");
    }

    @Testnet("../scenarios/smoke.yaml")
    void noDataIsNeverAPass(TestnetRun run) {
        assertThatThrownBy(
                        () -> assertThat(run).latency("no.such.latency").p95().isAtMost(Duration.ofDays(1)))
                .hasMessageContaining("no.such.latency p95 has no data");
        assertThatThrownBy(
                        () -> assertThat(run).latency("no.such.latency").p95().growsLessThan(10, PERCENT))
                .hasMessageContaining("too little data");
    }

    @Testnet(
            value = "../scenarios/smoke.yaml",
            set = {"transport.registry=own-design", "transport.dispatch=own-dispatch", "duration=3m", "checks=[]"})
    void designsOnTheClassPathAreFound(TestnetRun run) {
        assertThat(run).uploads().succeeded().isAtLeast(1);
    }

    /** Four methods above and these two ask for the same run; whichever comes second gets the first one's. */
    @Testnet("../scenarios/smoke.yaml")
    void aRunIsMadeOnceForAllTestsThatWantIt(TestnetRun run) {
        sameAsBefore(run);
    }

    @Testnet("../scenarios/smoke.yaml")
    void andNotOnceMore(TestnetRun run) {
        sameAsBefore(run);
        assertThat(run.report()).exists().hasParent(run.directory());
    }

    private static void sameAsBefore(TestnetRun run) {
        Path before = FIRST.compareAndExchange(null, run.directory());
        assertThat(before == null ? run.directory() : before).isEqualTo(run.directory());
    }

    private static final AtomicReference<@Nullable Path> FIRST = new AtomicReference<>();
}
