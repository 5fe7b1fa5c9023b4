package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.metrics.Metric;
import dev.kilonode.node.observe.ChunkRefusal;
import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.reports.run.UnreadableRunException;
import dev.kilonode.reports.run.WorkerRow;
import dev.kilonode.simulator.run.checks.CheckEvaluator;
import dev.kilonode.simulator.run.checks.CheckOutcome;
import dev.kilonode.simulator.run.checks.WindowContent;
import dev.kilonode.simulator.run.invariants.InvariantResults;
import dev.kilonode.simulator.scenario.Check;
import dev.kilonode.simulator.scenario.OnWorkerLoss;
import dev.kilonode.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A run read back from its directory, for another evaluation of its checks. Of a killed run it reads all complete data. */
public final class RecordedRun {

    private final RunData data;
    private final RecordedWindows windows;

    private RecordedRun(RunData data, RecordedWindows windows) {
        this.data = data;
        this.windows = windows;
    }

    /** @throws UnreadableRunException if the directory lacks the windows of a run, so that no check can be evaluated */
    public static RecordedRun of(RunData data) throws IOException {
        Path file = data.directory().resolve("data").resolve("windows.csv");
        if (!Files.isRegularFile(file)) {
            throw new UnreadableRunException(
                    data.directory() + " holds no data/windows.csv, expected a whole run directory");
        }
        return new RecordedRun(data, RecordedWindows.of(data));
    }

    /**
     * Evaluates the scenario's checks on the windows in order.
     *
     * @param scenario the scenario of the run, possibly with other checks
     * @param besides results of other checks, which recorded data cannot decide again
     */
    public RunEnd judge(Scenario scenario, List<CheckResult> besides) throws IOException {
        if (!data.integrity().intact()) return undecided(scenario);
        CheckEvaluator evaluator = evaluator(scenario);
        Set<String> wanted = scenario.checks().stream()
                .map(Check::metric)
                .filter(id -> !Metric.byId(id).orElseThrow().isCounter())
                .collect(Collectors.toCollection(TreeSet::new));
        SaturationCheck tester = SaturationCheck.of(data).orElse(null);
        MissedReports missed = MissedReports.of(data.events());
        Replay replay = new Replay((startMs, endMs, content) -> evaluator.window(
                startMs, endMs, (tester == null || tester.fitAt(startMs)) && missed.completeAt(startMs), content));
        if (!wanted.isEmpty()) {
            data.forEachHistogram(tag -> wanted.contains(RecordedWindows.metricOf(tag)), replay::histogram);
        }
        replay.end();
        String cutShort = VerdictPolicy.cutShort(data);
        List<CheckResult> checks = new ArrayList<>();
        for (CheckOutcome outcome : evaluator.conclude(!cutShort.isEmpty())) {
            CheckResult check = ScenarioChecks.result(outcome);
            checks.add(replay.lacking.contains(check.metric()) ? withoutHistograms(check) : check);
        }
        checks.addAll(besides);
        if (besides.stream().noneMatch(check -> check.id().equals(InvariantResults.ID))) {
            InvariantResults.of(data.events())
                    .check(scenario.invariants(), List.of(), scenario.exemptInvariants(), cutShort)
                    .ifPresent(checks::add);
        }
        List<HealthResult> health = new ArrayList<>(BuiltInChecks.of(facts(scenario)));
        LostWorkers.of(workers(), scenario.onWorkerLoss() == OnWorkerLoss.CONTINUE)
                .ifPresent(health::add);
        missed.result().ifPresent(health::add);
        if (tester != null) health.add(0, tester.result(missed.blamed(ScenarioChecks.blamedOnTester(checks))));
        return new RunEnd(
                VerdictPolicy.of(checks, health, cutShort),
                cutShort,
                data.digest(),
                List.copyOf(checks),
                List.copyOf(health));
    }

    private CheckEvaluator evaluator(Scenario scenario) {
        return ScenarioChecks.evaluator(scenario, workers().size(), event -> {});
    }

    private List<WorkerRow> workers() {
        return data.manifest().workers();
    }

    /** Messages that nodes had delivered. */
    public long delivered() {
        return Math.round(windows.total(Metric.DELIVERED));
    }

    /** The result for damaged data: undecided. */
    private RunEnd undecided(Scenario scenario) {
        String damaged = "the data are " + data.integrity().words();
        List<CheckResult> checks = evaluator(scenario).conclude(true).stream()
                .map(outcome -> ScenarioChecks.result(outcome).inconclusive("the data are damaged"))
                .toList();
        HealthResult health = new HealthResult("data-intact", false, damaged);
        return new RunEnd(RunVerdict.inconclusive(damaged), damaged, data.digest(), checks, List.of(health));
    }

    /** A metric merged over all complete windows of a time range of the run. */
    public Aggregate over(Metric metric, Map<String, String> where, long fromMs, long toMs) throws IOException {
        Aggregate all = new Aggregate(metric);
        Replay replay = new Replay((startMs, endMs, content) -> {
            if (startMs >= fromMs && endMs <= toMs) all.add(content.of(metric, where));
        });
        if (!metric.isCounter()) {
            data.forEachHistogram(tag -> RecordedWindows.metricOf(tag).equals(metric.id()), replay::histogram);
        }
        replay.end();
        return all;
    }

    private RunTotals facts(Scenario scenario) {
        long started = Math.round(windows.total(Metric.UPLOAD_STARTED));
        long succeeded = Math.round(windows.total(Metric.UPLOAD_SUCCEEDED));
        long failed = Math.round(windows.total(Metric.UPLOAD_FAILED));
        return new RunTotals(
                windows.size(),
                -1,
                delivered(),
                scenario.workload().uploaders().count() > 0,
                started,
                succeeded,
                started + " started, " + succeeded + " succeeded, " + failed + " failed",
                GivenUpFrames.of(windows).words(scenario, succeeded == 0),
                windows.nodesUpAtEnd(),
                false,
                scenario.keepsChunksOnDisk() ? diskFailures() : -1);
    }

    private long diskFailures() {
        MetricSeries refused = data.series(Metric.CHUNKS_REFUSED.id(), "cause=" + ChunkRefusal.DISK.label(), "count");
        double sum = windows.total(Metric.CHUNKS_UNREADABLE);
        for (int i = 0; refused != null && i < refused.size(); i++) sum += refused.value(i);
        return Math.round(sum);
    }

    private static CheckResult withoutHistograms(CheckResult check) {
        return check.inconclusive("the run directory lacks histograms of " + check.metric()
                + ", so that nothing can be put together from its windows");
    }

    /** Receives the windows one after another. */
    private interface WindowListener {
        void window(long startMs, long endMs, WindowContent content);
    }

    /** Merges the histograms of each window, and passes each window on once it is complete. */
    private final class Replay {
        private final WindowListener listener;
        private final Set<String> lacking = new TreeSet<>();
        private WindowRecord window = windows.record(0);
        private int next;

        Replay(WindowListener listener) {
            this.listener = listener;
        }

        void histogram(Histogram values) {
            int index = windows.indexOf(values.getStartTimeStamp());
            while (index >= 0 && next < index) close();
            if (index >= 0 && index == next) window.add(values.getTag(), values);
        }

        private void close() {
            listener.window(windows.startMs(next), windows.endMs(next), window);
            lacking.addAll(window.lacking());
            window = windows.record(++next);
        }

        void end() {
            while (next < windows.size()) close();
        }
    }
}
