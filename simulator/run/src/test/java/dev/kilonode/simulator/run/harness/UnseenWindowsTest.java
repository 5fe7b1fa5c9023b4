package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import dev.kilonode.simulator.run.checks.CheckEvaluator;
import dev.kilonode.simulator.run.checks.CheckOutcome;
import dev.kilonode.simulator.run.checks.CheckStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The outcomes of checks for a run of an hour that was cut short, or whose harness was saturated: windows without trusted data might have
 * been good.
 */
class UnseenWindowsTest {

    /** Half an hour has data: uploads took 100 s, and one in ten took 900 s; 30 were started, 3 failed. */
    @ParameterizedTest
    @CsvSource({
        // outcomes that later windows cannot change
        "upload.failed,  count, <=, 2,     FAIL",
        "upload.failed,  count, ==, 0,     FAIL",
        "upload.latency, max,   <,  15min, FAIL",
        "upload.latency, min,   >=, 2min,  FAIL",
        "upload.latency, p95,   <=, 10min, INCONCLUSIVE", // only fast uploads in the rest would lower it
        "upload.latency, p50,   <=, 1min,  INCONCLUSIVE",
        "upload.failed,  ratio, <=, 4%,    FAIL", // 10 % of half of them are 5 % of all
        // conditions that later windows may still meet
        "upload.failed,  ratio, <=, 6%,    INCONCLUSIVE",
        "upload.started, count, >=, 31,    INCONCLUSIVE",
        "upload.started, count, ==, 60,    INCONCLUSIVE",
        "upload.started, rate,  >=, 1/s,   INCONCLUSIVE",
        "upload.latency, mean,  <=, 2min,  INCONCLUSIVE", // 180 s, and 90 s at best
        "upload.latency, mean,  <=, 80s,   FAIL",
        "upload.latency, mean,  >=, 1h,    INCONCLUSIVE",
        "upload.latency, max,   >=, 1h,    INCONCLUSIVE",
        "upload.latency, min,   <=, 1s,    INCONCLUSIVE",
        // conditions that hold and that later windows cannot break
        "upload.started, count, >=, 30,    PASS",
        "upload.latency, max,   >=, 10min, PASS",
    })
    void aRunCutShortFailsOnlyWhatCannotBeMended(
            String metric, String stat, String op, String limit, CheckStatus expected) {
        String check = "{metric: " + metric + ", stat: " + stat + ", op: '" + op + "', limit: " + limit + "}";
        assertThat(half(new Bench(check)).cutShort().status()).as(check).isEqualTo(expected);
    }

    @Test
    void nearlyAtTheEndFewGoodValuesWouldNotHelp() {
        for (String stat : new String[] {"p95", "p50"}) {
            Bench bench = new Bench("{metric: upload.latency, stat: " + stat + ", op: <=, limit: 80s}");
            for (int i = 0; i < 58; i++) bench.latencies(100);
            assertThat(bench.cutShort().status()).as(stat).isEqualTo(CheckStatus.FAIL);
        }
    }

    @Test
    void whatIsNotDueIsNotSaidToFailWhileTheRunGoesOn() {
        Bench bench = new Bench("{metric: upload.started, stat: count, op: '>=', limit: 100}");
        half(bench);
        assertThat(bench.changes).isEmpty();
        assertThat(bench.evaluator.standing()).isEqualTo("1 ok");
        Bench upper = new Bench("{id: slow, metric: upload.latency, stat: p95, op: <=, limit: 1min}");
        assertThat(half(upper).evaluator.standing()).isEqualTo("0 ok, 1 failing: slow");
    }

    @Test
    void atItsPlannedEndEverythingIsDue() {
        Bench bench = new Bench("{metric: upload.started, stat: count, op: '>=', limit: 31}");
        assertThat(half(bench).conclude().status()).isEqualTo(CheckStatus.FAIL);
    }

    @Test
    void aPhaseThatIsNotOverIsTreatedLikeARunThatIsNot() {
        String lost = "{metric: upload.failed, stat: count, op: <=, limit: 0, over: phase calm}";
        Bench broken = new Bench(lost, Bench.PHASE_CALM).idle(2).count(Metric.UPLOAD_FAILED, 1);
        broken.count(Metric.UPLOAD_STARTED, 1).close();
        assertThat(broken.cutShort().status()).isEqualTo(CheckStatus.FAIL);
        Bench sound = new Bench(lost, Bench.PHASE_CALM).idle(2).count(Metric.UPLOAD_STARTED, 1);
        sound.close();
        assertThat(sound.cutShort().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(sound.cutShort().why()).isEqualTo("phase calm was not over, it had lasted 1m of 2m");
    }

    @Test
    void aTrendIsDueAtTheEnd() {
        Bench bench = new Bench("{metric: upload.latency, stat: p50, op: <=, limit: 10%, over: trend}");
        for (int i = 0; i < 30; i++) bench.latencies(100 + 5 * i);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.FAIL);
        assertThat(bench.cutShort().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(bench.cutShort().why()).contains("more than the limit so far", "cut short");
    }

    @ParameterizedTest
    @CsvSource({"run, 4min", "window 1m, 10min", "window 3m, 4min"})
    void aCheckThatOnlyASaturatedTesterFailsIsInconclusive(String over, String limit) {
        String check = "{metric: upload.latency, stat: mean, op: <=, limit: " + limit + ", over: " + over + "}";
        Bench bench = new Bench(check);
        for (int i = 0; i < 10; i++) bench.latencies(100);
        for (int i = 0; i < 10; i++) bench.record(1000).close(false);
        for (int i = 0; i < 10; i++) bench.latencies(100);
        CheckOutcome outcome = bench.conclude();
        assertThat(outcome.status()).as(check).isEqualTo(CheckStatus.INCONCLUSIVE);
        assertThat(outcome.why()).isEqualTo(CheckEvaluator.TESTER_UNFIT);
        assertThat(bench.evaluator.standing()).isEqualTo("1 ok");
    }

    @ParameterizedTest
    @CsvSource({"run, 2min", "window 1m, 10min", "window 3m, 4min"})
    void aCheckThatFailsWithoutTheSaturatedWindowsTooHasFailed(String over, String limit) {
        String check = "{metric: upload.latency, stat: mean, op: <=, limit: " + limit + ", over: " + over + "}";
        Bench bench = new Bench(check);
        for (int i = 0; i < 10; i++) bench.latencies(1000);
        bench.record(1000).close(false);
        for (int i = 0; i < 10; i++) bench.latencies(100);
        assertThat(bench.conclude().status()).as(check).isEqualTo(CheckStatus.FAIL);
    }

    @Test
    void whatASaturatedTesterKeptFromHappeningFailsNobody() {
        Bench bench = new Bench("{metric: upload.started, stat: count, op: '>=', limit: 30}");
        for (int i = 0; i < 29; i++) bench.count(Metric.UPLOAD_STARTED, 1).close();
        bench.close(false);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.INCONCLUSIVE);
    }

    @Test
    void aSaturatedTesterDoesNotEndTheRun() {
        String check = "{metric: upload.latency, stat: max, op: <=, limit: 5min, over: window 2m, abort: true}";
        Bench bench = new Bench(check);
        bench.latencies(100).latencies(100).record(900).close(false).record(900).close(false);
        assertThat(bench.evaluator.endsRun()).isNull();
        bench.latencies(900).latencies(900);
        assertThat(bench.evaluator.endsRun()).isNotNull();
    }

    @Test
    void checksOnTheTesterFailWhateverItsHealth() {
        Bench bench = new Bench("{metric: jvm.threads, stat: max, op: <=, limit: 10}", "clock: wall\n");
        bench.gauge(Metric.THREADS, 30).close(false);
        assertThat(bench.conclude().status()).isEqualTo(CheckStatus.FAIL);
    }

    private static Bench half(Bench bench) {
        for (int i = 0; i < 30; i++) {
            bench.count(Metric.UPLOAD_STARTED, 1).count(Metric.UPLOAD_FAILED, i % 10 == 0 ? 1 : 0);
            bench.latencies(i % 10 == 9 ? 900 : 100);
        }
        return bench;
    }
}
