package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.simulator.run.checks.CheckEvaluator;
import dev.kilonode.simulator.run.checks.CheckOutcome;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** One check of a scenario of an hour, evaluated on hand-made windows of a minute; there is no warm-up. */
final class Bench {

    /** The phase {@code calm}, from the third to the fourth minute. */
    static final String PHASE_CALM =
            "workload: {uploaders: {count: 1, start-after: 2m, start-spread: 0s}, phases: [{name: calm, duration: 2m,"
                    + " uploaders: 1}]}\n";

    private static final String STEADY = "workload: {uploaders: {count: 1, start-after: 0s, start-spread: 0s}}\n";
    private static final long MINUTE_MS = 60_000;

    final CheckEvaluator evaluator;
    /** Changes of the status, such as {@code 3m pass to fail}. */
    final List<String> changes = new ArrayList<>();

    private final MetricSet metrics = new MetricSet(1, EnumSet.allOf(MetricSource.class));
    private long nowMs;

    /** @param check as in a scenario, in braces */
    Bench(String check) {
        this(check, STEADY);
    }

    /** @param more further keys of the scenario; if it includes a workload, it replaces the steady one */
    Bench(String check, String more) {
        String workload = more.startsWith("workload") ? more : STEADY + more;
        Scenario scenario = load("duration: 1h\nmetrics: {window: 1m}\nnodes: {join-over: 0s}\n" + workload
                + "checks: [" + check + "]\n");
        evaluator = new CheckEvaluator(
                ScenarioChecks.rules(scenario.checks()),
                new Timeline(scenario),
                (atMs, from, to) -> changes.add(Durations.text(Duration.ofMillis(atMs)) + " " + from.label() + " to "
                        + to.status().label()));
    }

    private static Scenario load(String yaml) {
        try {
            Path file = Files.createTempFile("bench", ".yaml");
            try {
                return new ScenarioLoader().load(Files.writeString(file, yaml)).scenario();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Bench record(double seconds) {
        metrics.record(Metric.UPLOAD_LATENCY, seconds * 1000);
        return this;
    }

    Bench count(Metric metric, long events) {
        metrics.add(metric, 0, events);
        return this;
    }

    Bench gauge(Metric metric, double value) {
        metrics.record(metric, value);
        return this;
    }

    /** Closes the window. */
    Bench close() {
        return close(true);
    }

    /** Closes a window in which the harness may have been saturated. */
    Bench close(boolean testerFit) {
        long startMs = nowMs;
        nowMs += MINUTE_MS;
        evaluator.window(
                startMs,
                nowMs,
                testerFit,
                (metric, where) -> metrics.aggregateInWindow(metric, where, MINUTE_MS / 1e3));
        metrics.closeWindow(MINUTE_MS / 1e3, (metric, labels, stat, value) -> {});
        return this;
    }

    /** A window with one upload. */
    Bench latencies(double seconds) {
        return record(seconds).close();
    }

    /** Windows without data. */
    Bench idle(int windows) {
        for (int i = 0; i < windows; i++) close();
        return this;
    }

    /** The outcome if the planned end of the run is now. */
    CheckOutcome conclude() {
        return evaluator.conclude(false).get(0);
    }

    /** The outcome if the run stops before its planned end. */
    CheckOutcome cutShort() {
        return evaluator.conclude(true).get(0);
    }
}
