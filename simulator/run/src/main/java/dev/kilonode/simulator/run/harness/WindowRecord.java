package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.metrics.Labels;
import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.simulator.run.checks.WindowContent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/** One window of a recorded run: counts, means and extremes from its rows, percentiles from its histograms. */
final class WindowRecord implements WindowContent {

    private final RecordedWindows windows;
    private final int index;
    private final Map<String, Histogram> histograms = new LinkedHashMap<>();
    private final Set<String> lacking = new TreeSet<>();

    WindowRecord(RecordedWindows windows, int index) {
        this.windows = windows;
        this.index = index;
    }

    void add(String tag, Histogram values) {
        histograms.put(tag, values);
    }

    /** Metrics with counts in the rows but without a histogram. */
    Set<String> lacking() {
        return lacking;
    }

    @Override
    public Aggregate of(Metric metric, Map<String, String> where) {
        Aggregate aggregate = new Aggregate(metric).lasting((windows.endMs(index) - windows.startMs(index)) / 1e3);
        Metric whole = metric.whole();
        if (whole != null) aggregate.addWhole(Math.round(windows.total(whole, index)));
        for (MetricSeries series : windows.series(metric)) {
            if (!new Labels(series.key().labelMap()).match(where)) continue;
            long count = Math.round(windows.count(series, index));
            if (metric.isCounter()) aggregate.addCount(count);
            else values(metric, series, count, aggregate);
        }
        return aggregate;
    }

    private void values(Metric metric, MetricSeries series, long count, Aggregate aggregate) {
        String labels = series.key().labels();
        Histogram values = histograms.get(metric.id() + (labels.isEmpty() ? "" : "{" + labels + "}"));
        double mean = windows.value(series, "mean", index);
        double min = windows.value(series, "min", index);
        double max = windows.value(series, "max", index);
        boolean whole = values != null && values.getTotalCount() > 0 && min <= mean && mean <= max;
        if (values != null && whole) aggregate.addValues(values, min, mean, max);
        else aggregate.addNothing();
        if (!whole && count > 0) lacking.add(metric.id());
    }
}
