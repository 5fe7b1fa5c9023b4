package dev.kilonode.simulator.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.metrics.Counter;
import dev.kilonode.simulator.metrics.Distribution;
import dev.kilonode.simulator.metrics.Labels;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCheckTest {

    private final MetricSet metrics = new MetricSet();

    @Test
    void latencyBeyondItsLimitFailsAndNamesItsWorstWindow() {
        Distribution uploads = metrics.distribution(Metric.UPLOAD_LATENCY, Labels.NONE);
        RunCheck check = check(Metric.UPLOAD_LATENCY, "max", Comparison.AT_MOST, 300_000, 1);
        long[] seconds = {170, 800, 400};
        for (int window = 0; window < seconds.length; window++) {
            uploads.recordNanos(seconds[window] * 1_000_000_000L);
            check.look(metrics, window * 60_000L, 60);
            metrics.closeWindow(60, (metric, labels, stat, value) -> {});
        }
        RunCheck.Outcome outcome = check.judge(metrics, 180);
        assertThat(outcome.status()).isEqualTo(CheckStatus.FAIL);
        assertThat(outcome.worstAtMs()).isEqualTo(60_000);
    }

    @Test
    void noUploadsAtAllIsInconclusiveNeverAPass() {
        assertThat(check(Metric.UPLOAD_LATENCY, "p95", Comparison.AT_MOST, 300_000, 1)
                        .judge(metrics, 60)
                        .status())
                .isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(check(Metric.UPLOAD_FAILED, "count", Comparison.AT_MOST, 0, 1)
                        .judge(metrics, 60)
                        .status())
                .as("no upload failed, because none was started")
                .isEqualTo(CheckStatus.INCONCLUSIVE);
    }

    @Test
    void fewerSamplesThanAskedForAreInconclusive() {
        Counter started = metrics.counter(Metric.UPLOAD_STARTED, Labels.NONE);
        started.add(19);
        RunCheck check = check(Metric.UPLOAD_FAILED, "ratio", Comparison.AT_MOST, 0.05, 20);
        assertThat(check.judge(metrics, 60).status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        started.increment();
        assertThat(check.judge(metrics, 60).status()).isEqualTo(CheckStatus.PASS);
    }

    @Test
    void comparisonsNeverHoldForNoNumber() {
        for (Comparison comparison : Comparison.values()) {
            assertThat(comparison.holds(Double.NaN, 1)).as(comparison.symbol()).isFalse();
        }
    }

    private static RunCheck check(Metric metric, String stat, Comparison comparison, double limit, long minSamples) {
        return new RunCheck("it", metric, stat, comparison, limit, Map.of(), false, minSamples, "");
    }
}
