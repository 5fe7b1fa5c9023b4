package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.metrics.Labels;
import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.reports.model.SaturationLimits;
import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.WorkerRow;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.run.checks.CheckEvaluator;
import dev.kilonode.simulator.run.checks.Rule;
import dev.kilonode.simulator.run.checks.WindowContent;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks and saturation of a run in three processes, while it runs and read back. Worker 2 is lost in the thirteenth of thirty windows. */
class SeveralWorkersTest {

    private static final int WORKERS = 3;
    private static final int WINDOWS = 30;
    private static final int LOST_AT = 12;
    private static final long WINDOW_MS = 60_000;

    private static final String SCENARIO = """
            duration: 30m
            metrics: {window: 1m}
            nodes: {join-over: 0s}
            workload: {uploaders: {count: 0}}
            checks:
              - {id: heap, metric: jvm.heap, stat: max, op: <=, limit: 350MB, because: "a leak"}
              - {id: grows, metric: jvm.heap, stat: mean, op: <=, limit: 10%, over: trend}
              - {id: lag, metric: tester.lag, stat: p95, op: <=, limit: 1s, where: {of: inbox}, over: window 3m}
              - {id: inline, metric: tester.inline, stat: rate, op: <=, limit: 1/s}
              - {id: second, metric: jvm.threads, stat: max, op: <=, limit: 10, where: {worker: 1}}
              - {id: network, metric: transport.delivered, stat: count, op: ">=", limit: 1}
              - {id: drops, metric: transport.drops, stat: count, op: ==, limit: 0}
            """;

    @TempDir
    Path folder;

    private final Random random = new Random(5);
    private final MetricSet network = new MetricSet(1, EnumSet.of(MetricSource.NODE, MetricSource.HARNESS));
    private final Map<Integer, MetricSet> testers = new TreeMap<>();
    private final SaturationCheck saturation = new SaturationCheck();
    private Scenario scenario;
    private CheckEvaluator evaluator;

    @BeforeEach
    void load() throws IOException {
        scenario = new ScenarioLoader()
                .load(Files.writeString(folder.resolve("s.yaml"), SCENARIO))
                .scenario();
        evaluator = ScenarioChecks.evaluator(scenario, WORKERS, event -> {});
        for (int worker = 0; worker < WORKERS; worker++) {
            testers.put(worker, new MetricSet(1, EnumSet.of(MetricSource.WALL_CLOCK)));
        }
    }

    @Test
    void aCheckOnTheTesterIsOneCheckAWorkerUnlessItNamesOne() {
        assertThat(ScenarioChecks.rules(scenario.checks(), WORKERS).stream().map(Rule::id))
                .containsExactly(
                        "heap[worker 0]",
                        "heap[worker 1]",
                        "heap[worker 2]",
                        "grows[worker 0]",
                        "grows[worker 1]",
                        "grows[worker 2]",
                        "lag[worker 0]",
                        "lag[worker 1]",
                        "lag[worker 2]",
                        "inline[worker 0]",
                        "inline[worker 1]",
                        "inline[worker 2]",
                        "second",
                        "network",
                        "drops");
        assertThat(ScenarioChecks.rules(scenario.checks(), WORKERS).get(7).where())
                .isEqualTo(Map.of("of", "inbox", "worker", "1"));
        for (int alone : new int[] {0, 1}) {
            assertThat(ScenarioChecks.rules(scenario.checks(), alone))
                    .isEqualTo(ScenarioChecks.rules(scenario.checks()))
                    .hasSameSizeAs(scenario.checks());
        }
    }

    @Test
    void theDataSayTheSameAsTheRunDid() throws IOException {
        List<CheckResult> live = new ArrayList<>();
        Path directory = run(live);
        RunEnd again = RecordedRun.of(RunData.read(directory)).judge(scenario, List.of());
        assertThat(again.checks()).isEqualTo(live).hasSize(15);
        assertThat(status(live, "heap[worker 0]")).isEqualTo(CheckResult.Status.PASS);
        assertThat(status(live, "heap[worker 1]")).isEqualTo(CheckResult.Status.FAIL);
        assertThat(status(live, "grows[worker 1]")).isEqualTo(CheckResult.Status.FAIL);
        assertThat(status(live, "grows[worker 0]")).isEqualTo(CheckResult.Status.PASS);
        assertThat(status(live, "second")).isEqualTo(CheckResult.Status.FAIL);
        assertThat(live)
                .filteredOn(check -> check.id().equals("grows[worker 2]"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.status()).isEqualTo(CheckResult.Status.INCONCLUSIVE);
                    assertThat(check.why()).startsWith("the data stop at ");
                    assertThat(check.where()).isEqualTo("worker=2");
                });
        assertThat(live)
                .filteredOn(check -> check.id().startsWith("lag["))
                .allSatisfy(check -> assertThat(check.actual()).isNotNull());
        HealthResult kept = saturation.result(List.of());
        assertThat(again.health()).contains(kept);
        assertThat(kept.fit()).isFalse();
        assertThat(kept.words())
                .startsWith("worker 1 was saturated in 5 of 30 windows, so that the tester measured itself: the busiest"
                        + " node loop was at most 99 % busy (worker 1)");
        assertThat(again.verdict().words())
                .contains("worker 1 was saturated in 5 of 30 windows")
                .contains("worker 2 was lost at 12 min 10 s with 2 nodes: killed");
    }

    @Test
    void aLossThatIsToleratedLeavesTheVerdictAndIsNamed() {
        WorkerRow lost = worker(1).lost(61_000, "no heartbeat for 20 s");
        assertThat(LostWorkers.of(List.of(worker(0), worker(1)), true)).isEmpty();
        HealthResult tolerated = LostWorkers.of(List.of(worker(0), lost), true).orElseThrow();
        assertThat(VerdictPolicy.of(List.of(), List.of(tolerated), "").words())
                .isEqualTo(
                        "the scenario has no checks; worker 1 was lost at 1 min 1 s with 2 nodes: no heartbeat for 20"
                                + " s");
        assertThat(VerdictPolicy.of(List.of(), List.of(tolerated), "").result()).isEqualTo(Summary.Verdict.PASS);
        HealthResult fatal = LostWorkers.of(List.of(worker(0), lost), false).orElseThrow();
        assertThat(VerdictPolicy.of(List.of(), List.of(fatal), "").result()).isEqualTo(Summary.Verdict.INCONCLUSIVE);
        assertThat(VerdictPolicy.of(List.of(), List.of(fatal), "").reasons().get(0))
                .startsWith("worker 1 was lost at 1 min 1 s");
    }

    @Test
    void aWindowIsFitIfEachWorkerThatReportedKeptUpInItAndBefore() {
        MachineLoad busy = new MachineLoad(false, 0.99, 3);
        MachineLoad calm = new MachineLoad(false, 0.4, 3);
        assertThat(saturation.window(Map.of(0, calm, 1, calm))).isTrue();
        assertThat(saturation.window(Map.of(0, calm, 1, busy))).isFalse();
        assertThat(saturation.window(Map.of(0, calm)))
                .as("worker 1 did not report")
                .isTrue();
        assertThat(saturation.window(Map.of(0, calm, 1, calm))).as("a backlog").isFalse();
        assertThat(saturation.window(Map.of(0, calm, 1, calm))).isTrue();
        assertThat(saturation.window(Map.of(0, busy, 1, busy))).isFalse();
        assertThat(saturation.result(List.of()).words())
                .startsWith("worker 1 was saturated in 2 of 5 windows, worker 0 in 1 of 6, so that the tester measured"
                        + " itself: ");
        SaturationCheck alone = new SaturationCheck();
        assertThat(alone.window(busy)).isFalse();
        assertThat(alone.window(calm)).isFalse();
        assertThat(alone.window(calm)).isTrue();
        assertThat(alone.result(List.of()).words())
                .isEqualTo(
                        "the tester was saturated in 1 of 3 windows, so that it measured itself: the busiest node loop"
                                + " was at most 99 % busy, one of them or the workers at most 3 ms late; write --scale 0.5, or"
                                + " use a machine with nothing else to do");
    }

    @Test
    void reportAndRunMeanTheSameBySaturated() {
        assertThat(SaturationLimits.LATE_MS).isEqualTo(MachineLoad.LATE_MS);
    }

    private static CheckResult.Status status(List<CheckResult> results, String id) {
        return results.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static WorkerRow worker(int number) {
        return new WorkerRow(number, "here", 7, "JVM", 2, 1000, 2, 1, null, 0, 0, null, null);
    }

    /** Runs, writes the data, and puts the results of the checks into {@code live}. */
    private Path run(List<CheckResult> live) {
        Manifest manifest = Manifest.starting("test", "w", "w", "", 1, "wall", 6, WINDOWS * WINDOW_MS, "");
        try (RunWriter writer = RunWriter.create(folder, "w", manifest, SCENARIO, SCENARIO)) {
            writer.workers(List.of(worker(0), worker(1), worker(2)));
            for (int window = 0; window < WINDOWS; window++) window(window, writer);
            writer.workers(List.of(worker(0), worker(1), worker(2).lost(LOST_AT * WINDOW_MS + 10_000, "killed")));
            evaluator.conclude(false).stream().map(ScenarioChecks::result).forEach(live::add);
            writer.finish(
                    new Summary(
                            Summary.SCHEMA,
                            Summary.Verdict.FAIL,
                            1,
                            "w",
                            "",
                            1,
                            "wall",
                            6,
                            WINDOWS * WINDOW_MS,
                            1,
                            1,
                            1,
                            "",
                            live,
                            Map.of()),
                    Manifest.COMPLETE);
            return writer.directory();
        }
    }

    private void window(int window, RunWriter writer) {
        Map<Integer, MetricSet> reported = new TreeMap<>(testers);
        if (window >= LOST_AT) reported.remove(2);
        network.add(Metric.DELIVERED, 0, 100);
        network.record(Metric.NODES_UP, window < LOST_AT ? 6 : 4);
        reported.forEach((worker, set) -> record(set, worker, window));
        WindowContent content = (metric, where) -> content(reported, metric, where);
        Map<Integer, MachineLoad> loads = new HashMap<>();
        for (int worker : testers.keySet()) {
            int number = worker;
            SaturationCheck.load(content, number).ifPresent(load -> loads.put(number, load));
        }
        assertThat(loads.keySet()).isEqualTo(reported.keySet());
        long startMs = window * WINDOW_MS;
        evaluator.window(startMs, startMs + WINDOW_MS, saturation.window(loads), content);
        write(network, Labels.NONE, startMs, writer);
        reported.forEach(
                (worker, set) -> write(set, Labels.of(Labels.WORKER, Integer.toString(worker)), startMs, writer));
    }

    private void record(MetricSet set, int worker, int window) {
        boolean saturated = worker == 1 && window >= 5 && window < 10;
        set.record(Metric.TESTER_BUSY, saturated ? 0.99 : 0.3);
        for (int of = 0; of < 3; of++) {
            for (int i = 0; i < 20; i++) set.recordNanos(Metric.TESTER_LAG, of, 1_000_000 + random.nextInt(900_000), 1);
        }
        for (int i = 0; i < 5; i++) {
            double grown = worker == 1 ? 1 + 0.05 * window : 1;
            set.record(Metric.HEAP, 200e6 * grown * (1 + 0.01 * random.nextDouble()));
        }
        set.record(Metric.THREADS, 20 + worker);
        set.add(Metric.TESTER_INLINE, 0, worker * 70L);
    }

    /** As a coordinator holds it: what is of workers by worker, the rest merged. */
    private Aggregate content(Map<Integer, MetricSet> reported, Metric metric, Map<String, String> where) {
        double seconds = WINDOW_MS / 1e3;
        if (!metric.isOfWorker()) return network.aggregateInWindow(metric, where, seconds);
        Map<String, String> inside = new HashMap<>(where);
        String worker = inside.remove(Labels.WORKER);
        assertThat(worker).isNotNull();
        MetricSet set = reported.get(Integer.parseInt(worker));
        return set == null ? new Aggregate(metric).lasting(seconds) : set.aggregateInWindow(metric, inside, seconds);
    }

    private static void write(MetricSet set, Labels more, long startMs, RunWriter writer) {
        long endMs = startMs + WINDOW_MS;
        set.forEachHistogram((metric, labels, histogram) -> {
            String all = with(labels, more);
            writer.latency(metric.id() + (all.isEmpty() ? "" : "{" + all + "}"), startMs, endMs, histogram);
        });
        set.closeWindow(
                WINDOW_MS / 1e3,
                (metric, labels, stat, value) ->
                        writer.window(startMs, endMs, metric.id(), with(labels, more), stat, value));
    }

    private static String with(Labels labels, Labels more) {
        Labels all = labels;
        for (var label : more.values().entrySet()) all = all.and(label.getKey(), label.getValue());
        return all.toString();
    }
}
