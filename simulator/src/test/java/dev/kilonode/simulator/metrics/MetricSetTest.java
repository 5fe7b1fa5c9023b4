package dev.kilonode.simulator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricSetTest {

    private final MetricSet metrics = new MetricSet();

    @Test
    void runIsTheSumOfItsWindows() {
        Counter drops = metrics.counter(Metric.DROPS, Labels.of("shard", "3"));
        drops.add(5);
        assertThat(metrics.inWindow(Metric.DROPS, Map.of(), "count", 60)).isEqualTo(5);
        metrics.closeWindow(60, (metric, labels, stat, value) -> {});
        drops.add(7);
        assertThat(metrics.inWindow(Metric.DROPS, Map.of(), "rate", 70)).isEqualTo(0.1);
        assertThat(metrics.overRun(Metric.DROPS, Map.of(), "count", 130)).isEqualTo(12);
    }

    @Test
    void labelsChooseAmongSeries() {
        metrics.counter(Metric.DROPS, Labels.of("shard", "1")).add(1);
        metrics.counter(Metric.DROPS, Labels.of("shard", "2")).add(10);
        assertThat(metrics.overRun(Metric.DROPS, Map.of("shard", "2"), "count", 1))
                .isEqualTo(10);
        assertThat(metrics.overRun(Metric.DROPS, Map.of("shard", "9"), "count", 1))
                .isZero();
    }

    @Test
    void ratioIsShareOfItsWholeAndUnknownWithoutOne() {
        metrics.counter(Metric.IDENTITY_TIMEOUTS, Labels.of("dialler", "client"))
                .add(3);
        assertThat(metrics.overRun(Metric.IDENTITY_TIMEOUTS, Map.of(), "ratio", 1))
                .isNaN();
        metrics.counter(Metric.IDENTITY_EXCHANGES, Labels.NONE).add(12);
        assertThat(metrics.overRun(Metric.IDENTITY_TIMEOUTS, Map.of(), "ratio", 1))
                .isEqualTo(0.25);
    }

    @Test
    void percentilesOverTheRunComeFromAllWindows() {
        Distribution latency = metrics.distribution(Metric.UPLOAD_LATENCY, Labels.NONE);
        for (int second = 1; second <= 50; second++) latency.recordNanos(second * 1_000_000_000L);
        metrics.closeWindow(60, (metric, labels, stat, value) -> {});
        for (int second = 51; second <= 100; second++) latency.recordNanos(second * 1_000_000_000L);
        assertThat(metrics.overRun(Metric.UPLOAD_LATENCY, Map.of(), "p95", 1)).isCloseTo(95_000, within(1_000.0));
        assertThat(metrics.inWindow(Metric.UPLOAD_LATENCY, Map.of(), "min", 1)).isCloseTo(51_000, within(600.0));
    }

    @Test
    void waitsOfNothingCountAsValues() {
        Distribution wait = metrics.distribution(Metric.LOCK_WAIT, Labels.NONE);
        wait.recordNanos(0, 3);
        wait.recordNanos(5_000_000_000L);
        assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "count", 1)).isEqualTo(4);
        assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "p50", 1)).isZero();
        metrics.closeWindow(60, (metric, labels, stat, value) -> {});
        wait.recordNanos(0, 4);
        assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "max", 1)).isZero();
        assertThat(metrics.overRun(Metric.LOCK_WAIT, Map.of(), "count", 1)).isEqualTo(8);
    }

    @Test
    void windowWithoutValuesSaysNothingOfThem() {
        metrics.distribution(Metric.UPLOAD_LATENCY, Labels.NONE);
        List<String> said = new ArrayList<>();
        metrics.closeWindow(60, (metric, labels, stat, value) -> said.add(stat));
        assertThat(said).containsExactly("count");
    }

    @Test
    void whatIsTakenOverIsCountedOnceAndInTheWindowItIsTakenOverIn() {
        MetricSet part = new MetricSet();
        for (int window = 1; window <= 2; window++) {
            metrics.counter(Metric.DROPS, Labels.NONE).add(1);
            part.counter(Metric.DROPS, Labels.NONE).add(10);
            part.distribution(Metric.LOCK_WAIT, Labels.NONE).recordNanos(0, 3);
            part.distribution(Metric.LOCK_WAIT, Labels.NONE).recordNanos(window * 1_000_000_000L);
            metrics.absorb(part);
            metrics.absorb(part);
            assertThat(metrics.inWindow(Metric.DROPS, Map.of(), "count", 1)).isEqualTo(11);
            assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "count", 1)).isEqualTo(4);
            assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "max", 1)).isCloseTo(window * 1_000, within(20.0));
            metrics.closeWindow(1, (metric, labels, stat, value) -> {});
        }
        assertThat(metrics.overRun(Metric.DROPS, Map.of(), "count", 1)).isEqualTo(22);
        assertThat(part.overRun(Metric.DROPS, Map.of(), "count", 1)).isZero();
    }
}
