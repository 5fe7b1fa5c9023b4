package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.observe.ChunkRefusal;
import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.simulator.run.checks.CheckEvaluator;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the windows of a whole run as they close, writes them, and decides the verdict. The nodes may run in this process or in others.
 * One thread.
 */
public final class RunEvaluation {

    private final Scenario scenario;
    private final MetricSet metrics;
    private final RunWriter writer;
    private final WindowWriter windows;
    private final CheckEvaluator checks;
    private double uploadP50Ms = Double.NaN;
    private double uploadP95Ms = Double.NaN;
    private long closedWindows;
    private long nodesUp = -1;

    /**
     * @param workers processes that run the nodes; 0 if this one does
     * @param metrics the values of the whole run
     */
    public RunEvaluation(Scenario scenario, int workers, MetricSet metrics, RunWriter writer) {
        this.scenario = scenario;
        this.metrics = metrics;
        this.writer = writer;
        windows = new WindowWriter(metrics, writer);
        checks = ScenarioChecks.evaluator(scenario, workers, writer::event);
    }

    /**
     * Evaluates the checks on the open window.
     *
     * @param speed run time per real time
     * @param keptUp whether the results of the window can be trusted
     */
    public void evaluate(long startMs, long endMs, double speed, boolean keptUp) {
        double seconds = (endMs - startMs) / 1e3;
        writer.window(startMs, endMs, Metric.ENGINE_SPEED.id(), "", "mean", speed);
        checks.window(startMs, endMs, keptUp, (metric, where) -> metrics.aggregateInWindow(metric, where, seconds));
    }

    /** The check that ends the run now; null if there is none. */
    @Nullable
    public String endsRun() {
        return checks.endsRun();
    }

    /**
     * Writes the open window and opens the next.
     *
     * @param digest digest of the run up to the end of the window; empty if it has none
     */
    public void write(long startMs, long endMs, String digest) {
        double seconds = (endMs - startMs) / 1e3;
        double p50 = metrics.inWindow(Metric.UPLOAD_LATENCY, Map.of(), "p50", seconds);
        if (!Double.isNaN(p50)) {
            uploadP50Ms = p50;
            uploadP95Ms = metrics.inWindow(Metric.UPLOAD_LATENCY, Map.of(), "p95", seconds);
        }
        double up = metrics.inWindow(Metric.NODES_UP, Map.of(), "min", seconds);
        if (!Double.isNaN(up)) nodesUp = Math.round(up);
        windows.close(startMs, endMs);
        if (!digest.isEmpty()) writer.digest(endMs, digest);
        closedWindows++;
    }

    /**
     * The outcome of the run.
     *
     * @param cutShort why it ended early, as a phrase; empty if it did not
     * @param engineEvents events fired by the engine
     * @param uploads the numbers of uploads, in words
     * @param invariants the result of the invariants, if they decide anything
     * @param health what else is known of the harness: what comes before the built-in checks, given the checks' results, and what comes
     *     after them
     */
    public RunEnd conclude(
            String cutShort,
            String digest,
            long engineEvents,
            String uploads,
            Optional<CheckResult> invariants,
            HarnessHealth health) {
        List<CheckResult> results = new ArrayList<>(checks.conclude(!cutShort.isEmpty()).stream()
                .map(ScenarioChecks::result)
                .toList());
        List<HealthResult> all = new ArrayList<>(health.before(ScenarioChecks.blamedOnTester(results)));
        all.addAll(BuiltInChecks.of(totals(engineEvents, uploads)));
        all.addAll(health.after());
        invariants.ifPresent(results::add);
        return new RunEnd(
                VerdictPolicy.of(results, all, cutShort), cutShort, digest, List.copyOf(results), List.copyOf(all));
    }

    private RunTotals totals(long engineEvents, String uploads) {
        long succeeded = metrics.total(Metric.UPLOAD_SUCCEEDED);
        return new RunTotals(
                closedWindows,
                engineEvents,
                metrics.total(Metric.DELIVERED),
                scenario.workload().uploaders().count() > 0,
                metrics.total(Metric.UPLOAD_STARTED),
                succeeded,
                uploads,
                GivenUpFrames.of(metrics).words(scenario, succeeded == 0),
                nodesUp,
                true,
                scenario.keepsChunksOnDisk() ? diskFailures() : -1);
    }

    /** Disk operations on chunks that failed. */
    private long diskFailures() {
        return metrics.total(Metric.CHUNKS_REFUSED, ChunkRefusal.DISK.ordinal())
                + metrics.total(Metric.CHUNKS_UNREADABLE);
    }

    public double uploadP50Ms() {
        return uploadP50Ms;
    }

    public double uploadP95Ms() {
        return uploadP95Ms;
    }

    /** State of the checks in one line. */
    public String standing() {
        return checks.standing();
    }
}
