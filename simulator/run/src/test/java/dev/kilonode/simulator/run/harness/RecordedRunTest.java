package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary.Verdict;
import dev.kilonode.simulator.run.OlderRun;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares checks of every kind between small real runs and their recorded data. */
class RecordedRunTest {

    /** Every kind of metric, statistic and time range; the limits need not be met. */
    private static final String EVERY_KIND = "checks=["
            + "{metric: upload.latency, stat: p95, op: <=, limit: 1ms},"
            + "{metric: upload.latency, stat: p50, op: <=, limit: 20min, over: window 1m},"
            + "{id: levels, metric: registry.lock.utilisation, stat: p95, op: <=, limit: 90%},"
            + "{id: depth, metric: shard.depth, stat: p99, op: <=, limit: 1, where: {shard: 3}, over: window 1m},"
            + "{id: cpu, metric: host.cpu, stat: mean, op: <=, limit: 99%, over: phase calm},"
            + "{id: kinds, metric: transport.delivered, stat: rate, op: '>=', limit: 1/s, over: window 90s, for: 30s},"
            + "{id: ratio, metric: transport.drops, stat: ratio, op: <=, limit: 1%},"
            + "{id: slower, metric: request.latency, stat: mean, op: <=, over: trend},"
            + "{id: busier, metric: transport.offered, stat: rate, op: <=, over: trend, limit: 300%, severity: info}]";

    private static final String[] RUN = {
        "nodes.count=16",
        "nodes.per-host=4",
        "nodes.join-over=20s",
        "duration=10m",
        "metrics.window=30s",
        "workload.phases=[{name: calm, duration: 4m, uploaders: 2}]",
        EVERY_KIND
    };

    @TempDir
    Path out;

    @Test
    void theDataSayTheSameAsTheRunDid() throws IOException {
        SmallRun run = SmallRun.of(out, RUN);
        RunEnd again = evaluate(complete(run));
        assertThat(again.checks()).isEqualTo(run.end().checks()).hasSize(9);
        assertThat(again.verdict().result())
                .isEqualTo(run.end().verdict().result())
                .isEqualTo(Verdict.FAIL);
        assertThat(again.verdict().words()).isEqualTo(run.end().verdict().words());
        assertThat(again.checks())
                .filteredOn(check -> check.status() == CheckResult.Status.INCONCLUSIVE)
                .as("each kind had data")
                .isEmpty();
        assertThat(run.events())
                .anyMatch(event -> event.type() == EventRow.Type.CHECK
                        && event.name().equals("upload.latency-p95")
                        && "fail".equals(event.details().get("to")));
    }

    /** Over the run and over a sliding window, so that adding and subtracting aggregates gives the same results to the last digit. */
    @Test
    void everyStatisticOfEveryMetricIsTheSameWhenReadBack() throws IOException {
        List<String> checks = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (String stat : metric.stats()) {
                for (String over : List.of("run", "window 90s")) {
                    checks.add("{id: '" + checks.size() + "', metric: " + metric.id() + ", stat: " + stat
                            + ", op: <=, limit: " + limit(metric, stat) + ", over: " + over + ", severity: info}");
                }
            }
        }
        SmallRun run = SmallRun.of(
                out,
                "nodes.count=16",
                "nodes.per-host=4",
                "nodes.join-over=20s",
                "duration=5m",
                "metrics.window=30s",
                "transport.receive-capacity=8",
                "transport.min-shard-capacity=1",
                "workload.churn.restarts-per-node=20/h",
                "dht.notifications.rate=2/s",
                "faults=[{name: slow, kind: slow-cpu, at: 2m, lasting: 1m, share: 100%, factor: 300}]",
                "checks=[" + String.join(",", checks) + "]");
        List<CheckResult> again = evaluate(complete(run)).checks();
        assertThat(again).isEqualTo(run.end().checks());
        assertThat(again).filteredOn(check -> check.actual() != null).hasSizeGreaterThan(checks.size() / 2);
        assertThat(again)
                .filteredOn(check -> check.metric().equals("transport.drops"))
                .as("there was something to count")
                .anyMatch(check -> check.actual() != null && check.actual() > 0);
    }

    private static String limit(Metric metric, String stat) {
        if (stat.equals("ratio")) return "0%";
        if (stat.equals("rate")) return "0/s";
        if (stat.equals("count")) return "0";
        return switch (metric.unit()) {
            case MILLISECONDS -> "1ms";
            case RATIO -> "0%";
            case BYTES, BYTES_PER_SECOND -> "1MB";
            case COUNT, TIMES -> "0";
        };
    }

    @Test
    void aKilledRunIsJudgedAsFarAsItsDataAreWholeAndNeverPasses() throws IOException {
        SmallRun run = SmallRun.of(
                out,
                "nodes.count=16",
                "nodes.per-host=4",
                "nodes.join-over=20s",
                "duration=5m",
                "metrics.window=30s",
                "checks=[{metric: upload.failed, stat: count, op: ==, limit: 0},"
                        + " {metric: upload.latency, stat: p95, op: <=, limit: 20min}]");
        Path directory = complete(run);
        assertThat(evaluate(directory).verdict().result()).isEqualTo(Verdict.PASS);
        OlderRun.of(directory, Manifest.CRASHED);
        Path windows = directory.resolve("data/windows.csv");
        byte[] whole = Files.readAllBytes(windows);
        Files.write(windows, java.util.Arrays.copyOf(whole, whole.length - whole.length / 3));
        RunEnd end = evaluate(directory);
        assertThat(end.verdict().result()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(end.interrupted()).isTrue();
        assertThat(end.verdict().words())
                .matches("the run crashed or was killed, its data reach [23] min.* of 5 min; no check had failed until"
                        + " then");
        for (String file : List.of("windows.csv", "latency.hlog")) {
            Files.write(directory.resolve("data").resolve(file), new byte[0]);
            assertThat(evaluate(directory).verdict().result())
                    .as("without " + file)
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Test
    void damagedHistogramsAreMissedAndNotTakenForCalm() throws IOException {
        SmallRun run = SmallRun.of(out, RUN);
        Path directory = complete(run);
        Path log = directory.resolve("data/latency.hlog");
        String text = Files.readString(log);
        Files.writeString(log, text.replaceAll("(Tag=upload\\.latency,[^\\n]{30})[^\\n]*", "$1####"));
        RunEnd end = evaluate(directory);
        assertThat(end.checks())
                .filteredOn(check -> check.metric().equals("upload.latency"))
                .allSatisfy(check -> {
                    assertThat(check.status()).isEqualTo(CheckResult.Status.INCONCLUSIVE);
                    assertThat(check.why()).startsWith("the run directory lacks histograms of upload.latency");
                });
    }

    @Test
    void aFailedCheckEndsTheRunEarlyIfItIsToldTo() throws IOException {
        SmallRun run = SmallRun.of(
                out,
                "nodes.count=16",
                "nodes.per-host=4",
                "nodes.join-over=20s",
                "duration=10m",
                "metrics.window=30s",
                "checks=[{id: hopeless, metric: transport.delivered, stat: count, op: '>=', limit: 99999999,"
                        + " over: window 1m, abort: true, grace: 1m}]");
        assertThat(run.end().interrupted()).isTrue();
        assertThat(run.end().verdict().result()).isEqualTo(Verdict.FAIL);
        assertThat(run.end().verdict().words())
                .isEqualTo("ended after 2 min of 10 min by hopeless; 1 of 1 checks failed: hopeless");
        assertThat(run.data().lastMs()).isEqualTo(120_000);
        assertThat(run.events())
                .filteredOn(event -> event.type() == EventRow.Type.CHECK)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.name()).isEqualTo("hopeless");
                    assertThat(event.timeMs()).isEqualTo(60_000);
                    assertThat(event.details())
                            .containsEntry("from", "inconclusive")
                            .containsEntry("to", "fail");
                });
    }

    @Test
    void oneNodeAndAllNodesDeadPassNothing() throws IOException {
        String check = "checks=[{metric: transport.drops, stat: count, op: ==, limit: 0}]";
        SmallRun alone = SmallRun.of(
                out, "nodes.count=1", "nodes.bootstraps=1", "duration=2m", "workload.uploaders.count=0", check);
        assertThat(alone.end().verdict().result()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(alone.end().verdict().words())
                .isEqualTo("no node delivered a single message; so nothing can be said of transport.drops-count");
        SmallRun dead = SmallRun.of(
                out,
                "nodes.count=16",
                "nodes.per-host=4",
                "nodes.join-over=20s",
                "duration=3m",
                "metrics.window=1m",
                "workload.uploaders.count=0",
                "faults=[{name: gone, kind: kill, at: 100s, lasting: 80s}]",
                check);
        assertThat(dead.end().verdict().result()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(dead.end().verdict().words()).isEqualTo("in the end there was a time when no node was up");
        assertThat(evaluate(complete(dead)).verdict().words())
                .isEqualTo("in the end there was a time when no node was up");
    }

    @Test
    void checksThatOnlyWarnDecideNothing() throws IOException {
        SmallRun run = SmallRun.of(
                out,
                "nodes.count=16",
                "nodes.per-host=4",
                "nodes.join-over=20s",
                "duration=3m",
                "checks=[{metric: upload.failed, stat: count, op: ==, limit: 0},{id: many, metric: upload.succeeded,"
                        + " stat: count, op: '>=', limit: 99, severity: warn},{id: more, metric: upload.succeeded, stat:"
                        + " count, op: '>=', limit: 99, severity: info},{id: few, metric: upload.latency, stat: p50, op:"
                        + " <=, limit: 9min, min-samples: 99, severity: warn}]");
        assertThat(run.end().verdict().result()).isEqualTo(Verdict.PASS);
        assertThat(run.end().verdict().words())
                .isEqualTo("1 of 4 checks passed; warned: many, more; too little data for few");
    }

    private static RunEnd evaluate(Path directory) throws IOException {
        Scenario scenario = new ScenarioLoader()
                .load(directory.resolve("scenario.resolved.yaml"))
                .scenario();
        return RecordedRun.of(RunData.read(directory)).judge(scenario, List.of());
    }

    /** The directory of a run with the status that the command would have written. */
    private static Path complete(SmallRun run) throws IOException {
        return OlderRun.of(run.data().directory(), Manifest.COMPLETE);
    }
}
