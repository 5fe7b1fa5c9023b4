package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.simulator.metrics.Distribution;
import dev.kilonode.simulator.metrics.MetricSet;
import dev.kilonode.simulator.metrics.Series;
import org.HdrHistogram.Histogram;

/** Writes a window's values as it closes: statistics as rows, and histograms, from which checks can be evaluated again. */
final class WindowWriter {

    private final MetricSet metrics;
    private final RunWriter writer;

    WindowWriter(MetricSet metrics, RunWriter writer) {
        this.metrics = metrics;
        this.writer = writer;
    }

    void close(long startMs, long endMs) {
        for (Series series : metrics.series()) writeHistogram(series, startMs, endMs);
        metrics.closeWindow(
                (endMs - startMs) / 1e3,
                (metric, labels, stat, value) ->
                        writer.window(startMs, endMs, metric.id(), labels.toString(), stat, value));
    }

    private void writeHistogram(Series series, long startMs, long endMs) {
        if (!(series instanceof Distribution distribution)) return;
        Histogram values = distribution.windowCopy();
        if (values.getTotalCount() == 0) return;
        String labels = series.labels().toString();
        String tag = series.metric().id() + (labels.isEmpty() ? "" : "{" + labels + "}");
        writer.latency(tag, startMs, endMs, values);
    }
}
