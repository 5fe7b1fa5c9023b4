package dev.kilonode.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricSetTest {

    private static final int SHARDS = 8;
    private static final int SHARD_FULL = Dimension.DROP_CAUSE.indexOf("shard-full");
    private static final int PEERS = Dimension.LOCK.indexOf("peers");
    private static final int CHANNELS = Dimension.LOCK.indexOf("channels");

    private final MetricSet metrics = new MetricSet(SHARDS, EnumSet.of(MetricSource.NODE, MetricSource.HARNESS));

    private void drop(int shard, int times) {
        for (int i = 0; i < times; i++) metrics.count(Metric.DROPS, SHARD_FULL, shard);
    }

    @Test
    void runIsTheSumOfItsWindows() {
        drop(3, 5);
        assertThat(metrics.inWindow(Metric.DROPS, Map.of(), "count", 60)).isEqualTo(5);
        metrics.closeWindow(60, (metric, labels, stat, value) -> {});
        drop(3, 7);
        assertThat(metrics.inWindow(Metric.DROPS, Map.of(), "rate", 70)).isEqualTo(0.1);
        assertThat(metrics.overRun(Metric.DROPS, Map.of(), "count", 130)).isEqualTo(12);
    }

    @Test
    void labelsChooseAmongSeries() {
        drop(1, 1);
        drop(2, 10);
        assertThat(metrics.overRun(Metric.DROPS, Map.of("cause", "shard-full"), "count", 1))
                .isEqualTo(11);
        assertThat(metrics.overRun(Metric.DROPS, Map.of("cause", "unread"), "count", 1))
                .isZero();
        assertThat(metrics.overRun(Metric.DROPS, Map.of("shard", "2"), "count", 1))
                .isEqualTo(10);
        assertThat(metrics.overRun(Metric.DROPS, Map.of("shard", "9"), "count", 1))
                .isZero();
    }

    @Test
    void ratioIsShareOfItsWholeAndUnknownWithoutOne() {
        metrics.add(Metric.IDENTITY_TIMEOUTS, Dimension.DIALLER.indexOf("client"), 3);
        assertThat(metrics.overRun(Metric.IDENTITY_TIMEOUTS, Map.of(), "ratio", 1))
                .isNaN();
        metrics.add(Metric.IDENTITY_EXCHANGES, 0, 12);
        assertThat(metrics.overRun(Metric.IDENTITY_TIMEOUTS, Map.of(), "ratio", 1))
                .isEqualTo(0.25);
    }

    @Test
    void percentilesOverTheRunComeFromAllWindows() {
        for (int second = 1; second <= 50; second++)
            metrics.recordNanos(Metric.UPLOAD_LATENCY, second * 1_000_000_000L);
        metrics.closeWindow(60, (metric, labels, stat, value) -> {});
        for (int second = 51; second <= 100; second++)
            metrics.recordNanos(Metric.UPLOAD_LATENCY, second * 1_000_000_000L);
        assertThat(metrics.overRun(Metric.UPLOAD_LATENCY, Map.of(), "p95", 1)).isCloseTo(95_000, within(1_000.0));
        assertThat(metrics.inWindow(Metric.UPLOAD_LATENCY, Map.of(), "min", 1)).isEqualTo(51_000);
    }

    @Test
    void waitsOfNothingCountAsValues() {
        metrics.recordNanos(Metric.LOCK_WAIT, PEERS, 0, 3);
        metrics.recordNanos(Metric.LOCK_WAIT, CHANNELS, 5_000_000_000L, 1);
        assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "count", 1)).isEqualTo(4);
        assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "p50", 1)).isZero();
        metrics.closeWindow(60, (metric, labels, stat, value) -> {});
        metrics.recordNanos(Metric.LOCK_WAIT, PEERS, 0, 4);
        assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "max", 1)).isZero();
        assertThat(metrics.overRun(Metric.LOCK_WAIT, Map.of(), "count", 1)).isEqualTo(8);
    }

    @Test
    void windowWithoutValuesSaysNothingOfThem() {
        List<String> said = new ArrayList<>();
        metrics.closeWindow(60, (metric, labels, stat, value) -> {
            if (metric == Metric.UPLOAD_LATENCY) said.add(stat);
        });
        assertThat(said).containsExactly("count");
    }

    @Test
    void whatIsTakenOverIsCountedOnceAndInTheWindowItIsTakenOverIn() {
        MetricSet part = new MetricSet(SHARDS, EnumSet.of(MetricSource.NODE));
        for (int window = 1; window <= 2; window++) {
            drop(0, 1);
            part.add(Metric.DROPS, 0, 10);
            part.recordNanos(Metric.LOCK_WAIT, PEERS, 0, 3);
            part.recordNanos(Metric.LOCK_WAIT, PEERS, window * 1_000_000_000L, 1);
            metrics.absorb(part);
            metrics.absorb(part);
            assertThat(metrics.inWindow(Metric.DROPS, Map.of(), "count", 1)).isEqualTo(11);
            assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "count", 1)).isEqualTo(4);
            assertThat(metrics.inWindow(Metric.LOCK_WAIT, Map.of(), "max", 1)).isEqualTo(window * 1_000);
            metrics.closeWindow(1, (metric, labels, stat, value) -> {});
        }
        assertThat(metrics.overRun(Metric.DROPS, Map.of(), "count", 1)).isEqualTo(22);
        assertThat(part.overRun(Metric.DROPS, Map.of(), "count", 1)).isZero();
    }

    @Test
    void whatAnotherProcessHasTakenIsAddedWithEveryStatisticExact() {
        MetricSet whole = new MetricSet(SHARDS, 2, EnumSet.of(MetricSource.NODE, MetricSource.WALL_CLOCK));
        List<MetricSet> workers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            workers.add(new MetricSet(SHARDS, EnumSet.of(MetricSource.NODE, MetricSource.WALL_CLOCK)));
        }
        MetricSet same = new MetricSet(SHARDS, EnumSet.of(MetricSource.NODE, MetricSource.WALL_CLOCK));
        for (int window = 1; window <= 3; window++) {
            for (int worker = 0; worker < 2; worker++) {
                for (MetricSet set : List.of(workers.get(worker), same)) {
                    set.add(Metric.DROPS, 1, 10L * window + worker);
                    set.recordNanos(Metric.LOCK_WAIT, PEERS, 0, 5);
                    set.recordNanos(Metric.LOCK_WAIT, PEERS, window * 3_000_001L + worker, 2);
                }
                workers.get(worker).record(Metric.HEAP, 1_000_000.0 * (worker + 1));
                workers.get(worker).recordNanos(Metric.TESTER_LAG, 2, 5_000_000L * (worker + 1), 1);
                whole.absorb(workers.get(worker).takeWindow(Set.of()), worker);
                assertThat(workers.get(worker).takeWindow(Set.of())).isEmpty();
            }
            for (String stat : Metric.LOCK_WAIT.stats()) {
                assertThat(whole.inWindow(Metric.LOCK_WAIT, Map.of(), stat, 1))
                        .as(stat)
                        .isEqualTo(same.inWindow(Metric.LOCK_WAIT, Map.of(), stat, 1));
            }
            assertThat(whole.inWindow(Metric.HEAP, Map.of("worker", "0"), "max", 1))
                    .isEqualTo(1_000_000);
            assertThat(whole.inWindow(Metric.HEAP, Map.of("worker", "1"), "max", 1))
                    .isEqualTo(2_000_000);
            assertThat(whole.inWindow(Metric.TESTER_LAG, Map.of("worker", "1", "of", "workers"), "max", 1))
                    .isEqualTo(10);
            whole.closeWindow(1, (metric, labels, stat, value) -> {
                if (metric == Metric.HEAP) assertThat(labels.toString()).startsWith("worker=");
            });
            same.closeWindow(1, (metric, labels, stat, value) -> {});
        }
        assertThat(whole.overRun(Metric.DROPS, Map.of(), "count", 1))
                .isEqualTo(same.overRun(Metric.DROPS, Map.of(), "count", 1))
                .isEqualTo(10 + 11 + 20 + 21 + 30 + 31);
        assertThat(workers.get(1).total(Metric.DROPS)).isEqualTo(11 + 21 + 31);
    }

    @Test
    void aWindowThatIsCutOrGarbledIsRefused() {
        MetricSet part = new MetricSet(SHARDS, EnumSet.of(MetricSource.NODE));
        part.recordNanos(Metric.LOCK_WAIT, PEERS, 1_000, 1);
        byte[] window = part.takeWindow(Set.of());
        for (int length = 1; length < window.length; length++) {
            byte[] cut = Arrays.copyOf(window, length);
            assertThatIllegalArgumentException()
                    .as("the first %d of %d bytes", length, window.length)
                    .isThrownBy(() -> new MetricSet(SHARDS, 1, EnumSet.of(MetricSource.NODE)).absorb(cut, 0))
                    .withMessageContaining("worker 0");
        }
        byte[] garbled = window.clone();
        garbled[0] = 0x7f;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricSet(SHARDS, 1, EnumSet.of(MetricSource.NODE)).absorb(garbled, 0));
    }

    /** In a histogram of two digits these read 999.4, 249.9 and 3293 ms, and 1 reads 1.005. */
    @ParameterizedTest
    @ValueSource(longs = {1, 999, 1_500, 250_000_000, 999_999_999, 1_000_000_000, 3_300_000_000L, 86_400_000_000_000L})
    void aConstantLatencyIsThatAtEveryStatistic(long nanos) {
        for (int window = 1; window <= 3; window++) {
            for (int i = 0; i < 7; i++) metrics.recordNanos(Metric.UPLOAD_LATENCY, nanos);
            for (String stat : List.of("min", "mean", "max", "p50", "p95", "p99")) {
                assertThat(metrics.inWindow(Metric.UPLOAD_LATENCY, Map.of(), stat, 1))
                        .as(stat)
                        .isEqualTo(nanos / 1e6);
                assertThat(metrics.overRun(Metric.UPLOAD_LATENCY, Map.of(), stat, 1))
                        .as(stat)
                        .isEqualTo(nanos / 1e6);
            }
            Map<String, Double> rows = new LinkedHashMap<>();
            metrics.closeWindow(1, (metric, labels, stat, value) -> {
                if (metric == Metric.UPLOAD_LATENCY) rows.put(stat, value);
            });
            assertThat(rows).hasSize(7).containsEntry("count", 7.0);
            rows.remove("count");
            assertThat(rows.values()).containsOnly(nanos / 1e6);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0333, 1.0 / 8, 0.5, 0.999, 1})
    void aConstantShareIsThatAtEveryStatisticAndNeverMoreThanAll(double share) {
        for (int i = 0; i < 5; i++) metrics.record(Metric.HOST_CPU, share);
        for (String stat : List.of("min", "mean", "max", "p50", "p95", "p99")) {
            assertThat(metrics.inWindow(Metric.HOST_CPU, Map.of(), stat, 1))
                    .as(stat)
                    .isEqualTo(share);
        }
        metrics.record(Metric.HOST_CPU, 1 + 1e-6);
        metrics.record(Metric.HOST_CPU, 1.7);
        assertThat(metrics.inWindow(Metric.HOST_CPU, Map.of(), "max", 1)).isEqualTo(1);
        assertThat(metrics.inWindow(Metric.HOST_CPU, Map.of(), "p99", 1)).isEqualTo(1);
    }

    @Test
    void ofEventsThatBelongToAnEarlierWindowARatioSaysAllAndNoMore() {
        metrics.add(Metric.UPLOAD_STARTED, 0, 1);
        metrics.add(Metric.UPLOAD_FAILED, 0, 3);
        assertThat(metrics.inWindow(Metric.UPLOAD_FAILED, Map.of(), "ratio", 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void extremesAndMeanAreExactAndPercentilesBetweenThem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> nanos = new ArrayList<>();
        for (int window = 0; window < 20; window++) {
            for (int i = random.nextInt(30); i > 0; i--) {
                long value = Math.max(0, (long) StrictMath.exp(random.nextDouble() * 30) - 2);
                nanos.add(value);
                metrics.recordNanos(Metric.LOCK_WAIT, random.nextBoolean() ? PEERS : CHANNELS, value, 1);
            }
            metrics.closeWindow(1, (metric, labels, stat, value) -> {});
        }
        LongSummaryStatistics exact = nanos.stream().mapToLong(Long::longValue).summaryStatistics();
        String where = "seed " + seed;
        assertThat(run("min")).as(where).isEqualTo(exact.getMin() / 1e6);
        assertThat(run("max")).as(where).isEqualTo(exact.getMax() / 1e6);
        assertThat(run("mean")).as(where).isEqualTo(exact.getAverage() / 1e6);
        nanos.sort(null);
        for (int percent : new int[] {50, 95, 99}) {
            double right = nanos.get((int) Math.ceil(nanos.size() * percent / 100.0) - 1) / 1e6;
            assertThat(run("p" + percent))
                    .as(where)
                    .isBetween(run("min"), run("max"))
                    .isCloseTo(right, within(0.01 * right + 0.001));
        }
    }

    private double run(String stat) {
        return metrics.overRun(Metric.LOCK_WAIT, Map.of(), stat, 1);
    }

    /** What a sliding window does: of each stretch the same as if it had been added up anew. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsTakenAwayLeavesWhatRemains(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Aggregate all = new Aggregate(Metric.DIAL_LATENCY);
        ArrayDeque<Aggregate> parts = new ArrayDeque<>();
        for (int window = 0; window < 60; window++) {
            for (int i = random.nextInt(4); i > 0; i--)
                metrics.recordNanos(Metric.DIAL_LATENCY, 1 + random.nextLong(90_000_000_000L));
            Aggregate part = metrics.aggregateInWindow(Metric.DIAL_LATENCY, Map.of(), 1);
            metrics.closeWindow(1, (metric, labels, stat, value) -> {});
            parts.add(part);
            all.add(part);
            if (parts.size() > 5) all.subtract(parts.remove(), parts);
            Aggregate anew = new Aggregate(Metric.DIAL_LATENCY);
            parts.forEach(anew::add);
            for (String stat : Metric.DIAL_LATENCY.stats()) {
                assertThat(all.value(stat))
                        .as("seed %d, window %d, %s", seed, window, stat)
                        .isEqualTo(Double.valueOf(anew.value(stat)));
            }
        }
    }

    @Test
    void everyCombinationOfLabelsIsASeriesOfItsOwn() {
        for (int cause = 0; cause < Dimension.DROP_CAUSE.labelValues().size(); cause++) {
            for (int shard = 0; shard < SHARDS; shard++) {
                for (int i = 0; i <= 10 * cause + shard; i++) metrics.count(Metric.DROPS, cause, shard);
            }
        }
        Map<String, Double> counts = new LinkedHashMap<>();
        metrics.closeWindow(1, (metric, labels, stat, value) -> {
            if (metric == Metric.DROPS && stat.equals("count")) counts.put(labels.toString(), value);
        });
        assertThat(counts).hasSize(5 * SHARDS).containsEntry("cause=shard-full;shard=3", 14.0);
        assertThat(counts.values()).doesNotHaveDuplicates();
    }

    @Test
    void aSetHasTheMetricsOfItsSourcesInTheOrderOfTheEnumeration() {
        List<Metric> written = new ArrayList<>();
        metrics.closeWindow(1, (metric, labels, stat, value) -> written.add(metric));
        assertThat(written).extracting(Metric::source).containsOnly(MetricSource.NODE, MetricSource.HARNESS);
        assertThat(written).isSorted();
    }

    @Test
    void aMetricOnDemandIsWrittenOnceItIsOpened() {
        int request = Dimension.ROGUE_ACT.indexOf("request");
        metrics.open(Metric.ROGUE_ACTS, request);
        metrics.open(Metric.ROGUE_ACTS, request);
        metrics.count(Metric.ROGUE_ACTS, request);
        List<String> rows = new ArrayList<>();
        metrics.closeWindow(2, (metric, labels, stat, value) -> {
            if (metric == Metric.ROGUE_ACTS) rows.add(labels + " " + stat + " " + value);
        });
        assertThat(rows).containsExactly("what=request count 1.0", "what=request rate 0.5");
    }
}
