package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.MetricSet;
import dev.kilonode.reports.run.RunWriter;

/** Writes a window's values as it closes: statistics as rows, and histograms, from which checks can be evaluated again. */
final class WindowWriter {

    private final MetricSet metrics;
    private final RunWriter writer;

    WindowWriter(MetricSet metrics, RunWriter writer) {
        this.metrics = metrics;
        this.writer = writer;
    }

    void close(long startMs, long endMs) {
        metrics.forEachHistogram((metric, labels, values) -> {
            String braces = labels.values().isEmpty() ? "" : "{" + labels + "}";
            writer.latency(metric.id() + braces, startMs, endMs, values);
        });
        metrics.closeWindow(
                (endMs - startMs) / 1e3,
                (metric, labels, stat, value) ->
                        writer.window(startMs, endMs, metric.id(), labels.toString(), stat, value));
    }
}
