package dev.kilonode.simulator.run.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.metrics.Metric;
import dev.kilonode.simulator.run.checks.CheckOutcome;
import dev.kilonode.simulator.run.checks.CheckStatus;
import dev.kilonode.simulator.run.checks.ComparisonOperator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks over hand-made windows of a minute. */
class BoardTest {

    @Test
    void aWholeRunIsPutTogetherAndNamesItsWorstWindow() {
        Bench bench = new Bench("{metric: upload.latency, stat: max, op: <=, limit: 5min}");
        bench.latencies(170).latencies(800).latencies(400);
        CheckOutcome outcome = bench.conclude();
        assertThat(outcome.status()).isEqualTo(CheckStatus.FAIL);
        assertThat(outcome.actual()).isCloseTo(800_000, within(8_000.0));
        assertThat(outcome.worstAtMs()).isEqualTo(60_000);
        assertThat(outcome.samples()).isEqualTo(3);
    }

    /** 99 fast uploads in one window and one slow upload in each of three others: the mean of the windows' medians would be 3/4 slow. */
    @Test
    void percentilesAreThoseOfAllValuesAndNeverMeansOfPercentiles() {
        for (String over : List.of("run", "window 4m")) {
            Bench bench = new Bench("{metric: upload.latency, stat: p50, op: <=, limit: 2min, over: " + over + "}");
            for (int i = 0; i < 99; i++) bench.record(100);
            bench.close().latencies(1000).latencies(1000).latencies(1000);
            assertThat(bench.conclude().actual()).as(over).isCloseTo(100_000, within(1_000.0));
            assertThat(bench.conclude().status()).as(over).isEqualTo(CheckStatus.PASS);
        }
    }

    @Test
    void noUploadsAtAllIsInconclusiveNeverAPass() {
        for (String over : List.of("run", "window 2m", "trend")) {
            String limit = over.equals("trend") ? "10%" : "5min";
            Bench bench =
                    new Bench("{metric: upload.latency, stat: p95, op: <=, limit: " + limit + ", over: " + over + "}");
            bench.idle(40);
            CheckOutcome outcome = bench.conclude();
            assertThat(outcome.status()).as(over).isEqualTo(CheckStatus.INCONCLUSIVE);
            assertThat(outcome.actual()).as(over).isNaN();
            assertThat(outcome.why()).as(over).isNotBlank();
        }
        Bench failed = new Bench("{metric: upload.failed, stat: count, op: <=, limit: 0}");
        failed.idle(3);
        assertThat(failed.conclude().status())
                .as("no upload failed, because none was started")
                .isEqualTo(CheckStatus.INCONCLUSIVE);
    }

    @Test
    void zeroDropsAreDataWhereDropsAreCounted() {
        Bench bench = new Bench("{metric: requests.replied, stat: count, op: <=, limit: 0, over: window 2m}");
        bench.count(Metric.REQUEST_REPLIES, 0).idle(3);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.PASS);
    }

    @Test
    void aLabelThatNothingHasIsNoGoodNews() {
        Bench bench = new Bench("{metric: transport.drops, stat: count, op: <=, limit: 0, where: {cause: shard-ful}}");
        bench.count(Metric.OFFERED, 10).idle(3);
        CheckOutcome outcome = bench.conclude();
        assertThat(outcome.status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(outcome.why()).isEqualTo("nothing produced transport.drops with cause=shard-ful");
    }

    @Test
    void aRunWithoutAnyWindowIsInconclusive() {
        CheckOutcome outcome = new Bench("{metric: transport.drops, stat: count, op: <=, limit: 0}").conclude();
        assertThat(outcome.status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(outcome.why()).isEqualTo("the run has no window");
    }

    @Test
    void fewerSamplesThanAskedForAreInconclusive() {
        Bench bench = new Bench("{metric: upload.failed, stat: ratio, op: <=, limit: 5%, min-samples: 20}");
        bench.count(Metric.UPLOAD_FAILED, 0).count(Metric.UPLOAD_STARTED, 19).close();
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(bench.conclude().why()).isEqualTo("too little data: 19 samples, 20 wanted");
        bench.count(Metric.UPLOAD_STARTED, 1).close();
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "info"})
    void severityDecidesWhatAMissedLimitIs(String severity) {
        Bench bench = new Bench("{metric: upload.latency, stat: p95, op: <=, limit: 5min, severity: " + severity + "}");
        bench.latencies(900);
        assertThat(bench.conclude().status().label()).isEqualTo(severity);
    }

    @Test
    void aPhaseSeesItsOwnWindowsOnly() {
        Bench bench = new Bench(
                "{metric: upload.latency, stat: max, op: <=, limit: 5min, over: phase calm}", Bench.PHASE_CALM);
        bench.latencies(900).latencies(100); // before
        assertThat(bench.conclude().why()).isEqualTo("phase calm had not begun");
        bench.latencies(200);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(bench.conclude().why()).isEqualTo("phase calm was not over, it had lasted 1m of 2m");
        bench.latencies(200).latencies(900); // the last one is after it
        CheckOutcome outcome = bench.conclude();
        assertThat(outcome.status()).isEqualTo(CheckStatus.PASS);
        assertThat(outcome.actual()).isCloseTo(200_000, within(2_000.0));
        assertThat(outcome.samples()).isEqualTo(2);
    }

    @Test
    void aFailedPhaseEndsTheRunIfItIsToldTo() {
        Bench bench = new Bench(
                "{metric: upload.latency, stat: max, op: <=, limit: 5min, over: phase calm, abort: true, grace: 2m}",
                Bench.PHASE_CALM);
        bench.latencies(100).latencies(100).latencies(900).latencies(900);
        assertThat(bench.evaluator.endsRun()).isNull(); // ended at 4 min, plus two minutes of grace
        bench.latencies(100).latencies(100);
        assertThat(bench.evaluator.endsRun()).isEqualTo("upload.latency-max");
    }

    @Test
    void aWindowSlidesAndReportsItsWorstStretch() {
        Bench bench = new Bench("{metric: upload.latency, stat: mean, op: <=, limit: 5min, over: window 2m}");
        bench.latencies(100).latencies(100).latencies(700).latencies(700).latencies(100);
        CheckOutcome outcome = bench.conclude();
        assertThat(outcome.status()).isEqualTo(CheckStatus.FAIL);
        assertThat(outcome.actual()).isCloseTo(700_000, within(7_000.0));
        assertThat(outcome.worstAtMs()).isEqualTo(120_000);
        assertThat(bench.changes).containsExactly("2m inconclusive to pass", "3m pass to fail");
    }

    @Test
    void forAllowsShortExcursions() {
        String check = "{metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 1m, for: 3m}";
        Bench shortOne = new Bench(check);
        shortOne.latencies(100).latencies(900).latencies(900).latencies(900).latencies(100);
        CheckOutcome outcome = shortOne.conclude();
        assertThat(outcome.status()).isEqualTo(CheckStatus.PASS);
        assertThat(outcome.why()).isEqualTo("beyond the limit for 2m at most, 3m are allowed");
        Bench longOne = new Bench(check);
        longOne.latencies(100)
                .latencies(900)
                .latencies(900)
                .latencies(900)
                .latencies(900)
                .latencies(100);
        assertThat(longOne.conclude().status()).isEqualTo(CheckStatus.FAIL);
        assertThat(longOne.conclude().why()).isEqualTo("beyond the limit for 3m");
        Bench atTheEnd = new Bench(check);
        atTheEnd.latencies(100).latencies(100).latencies(900);
        assertThat(atTheEnd.conclude().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(atTheEnd.conclude().why()).startsWith("beyond the limit when the run ended");
    }

    @Test
    void aWindowWithoutDataNeitherConfirmsNorEndsAnExcursion() {
        Bench bench = new Bench("{metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 1m, for: 3m}");
        bench.latencies(100).latencies(900).idle(2).latencies(900).latencies(100);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.FAIL);
    }

    @Test
    void abortWaitsForItsGraceAndForgivesARecovery() {
        String check =
                "{id: slow, metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 1m, abort: true,"
                        + " grace: 2m}";
        Bench lasting = new Bench(check);
        lasting.latencies(100).latencies(900).latencies(900);
        assertThat(lasting.evaluator.endsRun()).isNull();
        lasting.latencies(900);
        assertThat(lasting.evaluator.endsRun()).isEqualTo("slow");
        Bench passing = new Bench(check);
        passing.latencies(100).latencies(900).latencies(100).latencies(100).latencies(100);
        assertThat(passing.evaluator.endsRun()).isNull();
        assertThat(passing.conclude().status()).as("it failed all the same").isEqualTo(CheckStatus.FAIL);
    }

    @Test
    void dataThatStopAreNoPass() {
        Bench bench = new Bench("{metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 2m}");
        for (int i = 0; i < 10; i++) bench.latencies(100);
        bench.idle(10);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(bench.conclude().why())
                .isEqualTo("the data stop: too few samples in every window that ended after 11m");
    }

    @Test
    void calmBeforeTheLoadIsNotHeldAgainstAWindow() {
        Bench bench = new Bench("{metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 2m}");
        bench.idle(30);
        for (int i = 0; i < 10; i++) bench.latencies(100);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.PASS);
    }

    @Test
    void fewStretchesWithEnoughSamplesAreNoPass() {
        Bench bench = new Bench("{metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 1m}");
        for (int i = 0; i < 8; i++) bench.latencies(100).idle(2);
        bench.latencies(100);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(bench.conclude().why()).isEqualTo("enough samples in only 9 of 25 windows of 1m");
    }

    @Test
    void aRunShorterThanTheWindowIsInconclusive() {
        Bench bench = new Bench("{metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 10m}");
        bench.latencies(100).latencies(100);
        assertThat(bench.conclude().why()).isEqualTo("the run did not last 10m");
    }

    @Test
    void aTrendIsFoundAndDated() {
        Bench bench = new Bench("{metric: upload.latency, stat: p50, op: <=, over: trend}");
        for (int i = 0; i < 24; i++) bench.latencies(200 + i % 3);
        for (int i = 0; i < 16; i++) bench.latencies(300 + i % 3);
        CheckOutcome outcome = bench.conclude();
        assertThat(outcome.status()).isEqualTo(CheckStatus.FAIL);
        assertThat(outcome.actual()).isGreaterThan(0.1);
        assertThat(requireNonNull(outcome.trend()).sinceMs()).isBetween(22 * 60_000L, 25 * 60_000L);
        assertThat(bench.changes).containsExactly("40m inconclusive to fail");
    }

    @Test
    void whatMustNotFallIsATrendTheOtherWay() {
        String check = "{metric: upload.latency, stat: p50, op: '>=', over: trend}";
        Bench falling = new Bench(check);
        Bench rising = new Bench(check);
        for (int i = 0; i < 30; i++) {
            falling.latencies(400 - 5 * i);
            rising.latencies(400 + 5 * i);
        }
        assertThat(falling.conclude().status()).isEqualTo(CheckStatus.FAIL);
        assertThat(rising.conclude().status()).isEqualTo(CheckStatus.PASS);
    }

    /** Three standard errors over 24 windows with autocorrelated noise: too much for a pass, too little for a failure. */
    @Test
    void aTrendThatNoiseMayHaveMadeIsNoPassAndSaysHowManyWindowsWouldTell() {
        int doubtful = 0;
        for (long seed = 1; seed <= 30; seed++) {
            var random = new SplittableRandom(seed);
            Bench bench = new Bench("{metric: upload.latency, stat: p50, op: <=, over: trend, limit: 1%}");
            double noise = random.nextGaussian();
            for (int i = 0; i < 24; i++) {
                bench.latencies(300 + 6.4 * i / 23.0 * 5 + 5 * noise);
                noise = 0.6 * noise + 0.8 * random.nextGaussian();
            }
            CheckOutcome outcome = bench.conclude();
            if (outcome.status() != CheckStatus.INCONCLUSIVE) continue;
            doubtful++;
            Matcher why = Pattern.compile(
                            "noise like that of these 24 windows \\(autocorrelation 0\\.\\d\\) can explain this; "
                                    + "about (\\d+) windows would decide")
                    .matcher(outcome.why());
            assertThat(why.matches()).as("seed %d: %s", seed, outcome.why()).isTrue();
            assertThat(Integer.parseInt(why.group(1))).as("seed %d", seed).isGreaterThan(24);
        }
        assertThat(doubtful).as("of seeds 1 to 30").isGreaterThan(8);
    }

    /** A level series is no evidence of a rise. */
    @Test
    void whatMustRiseFailsWhenItDoesNot() {
        String check = "{metric: upload.latency, stat: p50, op: '>=', over: trend, limit: 40%}";
        Bench level = new Bench(check);
        Bench slightly = new Bench(check);
        Bench rising = new Bench(check);
        for (int i = 0; i < 30; i++) {
            level.latencies(400 + i % 2);
            slightly.latencies(400 + 2 * i);
            rising.latencies(400 + 10 * i);
        }
        assertThat(level.conclude().status()).isEqualTo(CheckStatus.FAIL);
        assertThat(slightly.conclude().status()).isEqualTo(CheckStatus.FAIL);
        assertThat(rising.conclude().status()).isEqualTo(CheckStatus.PASS);
    }

    /** A strictly rising series, which is smoother the faster it rises. A rule for autocorrelation must not treat it as weak evidence. */
    @ParameterizedTest
    @ValueSource(ints = {12, 17, 24, 40, 59})
    void aCleanLeakFailsWithAnyNumberOfWindows(int windows) {
        Bench bench = new Bench("{metric: upload.latency, stat: p50, op: <=, over: trend}");
        for (int i = 0; i < windows; i++) bench.latencies(7 + 180 * Math.pow(i / (windows - 1.0), 0.8));
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.FAIL);
    }

    @Test
    void aLevelSeriesHasNoTrendAndAnIdleEndIsSaid() {
        Bench bench = new Bench("{metric: upload.latency, stat: p50, op: <=, over: trend}");
        for (int i = 0; i < 30; i++) bench.latencies(200);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.PASS);
        bench.idle(10);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(bench.conclude().why()).startsWith("the data stop at 3");
    }

    @Test
    void faultsAndTheirRecoveryAreNoTrend() {
        String fault = "faults: [{name: f, kind: kill, at: 25m, lasting: 5m}]\n";
        Bench bench = new Bench("{metric: upload.latency, stat: p50, op: <=, over: trend}", fault);
        for (int i = 0; i < 40; i++) bench.latencies(i >= 25 && i < 35 ? 900 : 200 + i % 2);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.PASS);
        assertThat(requireNonNull(bench.conclude().trend()).windows()).isEqualTo(30);
    }

    @Test
    void comparisonsNeverHoldForNoNumber() {
        for (ComparisonOperator comparison : ComparisonOperator.values()) {
            assertThat(comparison.holds(Double.NaN, 1)).as(comparison.symbol()).isFalse();
        }
    }
}
