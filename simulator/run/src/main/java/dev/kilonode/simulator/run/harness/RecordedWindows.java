package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The windows of a recorded run, and the rows of its series. */
final class RecordedWindows {

    /** Histograms have time stamps in seconds, so that they may be off by this much. */
    private static final long SLACK_MS = 1;

    private final long[] startMs;
    private final long[] endMs;
    private final RunData data;
    private final Map<Metric, List<MetricSeries>> counts = new EnumMap<>(Metric.class);
    private final long nodesUpAtEnd;

    private RecordedWindows(RunData data, TreeMap<Long, Long> spans) {
        this.data = data;
        startMs = spans.keySet().stream().mapToLong(Long::longValue).toArray();
        endMs = spans.values().stream().mapToLong(Long::longValue).toArray();
        for (Metric metric : Metric.values()) counts.put(metric, data.all(metric.id(), "count"));
        MetricSeries up = data.series(Metric.NODES_UP.id(), "", "min");
        int last = up == null ? -1 : up.size() - 1;
        while (up != null && last >= 0 && up.startMs(last) >= endMs()) last--;
        nodesUpAtEnd = up == null || last < 0 ? -1 : Math.round(up.value(last));
    }

    static RecordedWindows of(RunData data) throws IOException {
        TreeMap<Long, Long> spans = new TreeMap<>();
        for (MetricSeries series : data.series()) {
            for (int i = 0; i < series.size(); i++) spans.put(series.startMs(i), series.endMs(i));
        }
        boolean whole = !data.manifest().status().equals(Manifest.CRASHED)
                && !data.manifest().status().equals(Manifest.RUNNING);
        if (!whole && !spans.isEmpty()) {
            // the files are flushed together but not atomically: the last window of either may be incomplete
            long lastMs = Math.min(spans.lastKey(), lastHistogramMs(data));
            spans.tailMap(lastMs, true).clear();
        }
        return new RecordedWindows(data, spans);
    }

    private static long lastHistogramMs(RunData data) throws IOException {
        long[] last = {-1};
        data.forEachHistogram(tag -> true, histogram -> last[0] = Math.max(last[0], histogram.getStartTimeStamp()));
        return last[0] < 0 ? Long.MAX_VALUE : last[0] - SLACK_MS;
    }

    /** For example {@code shard.depth} for {@code shard.depth{shard=3}}. */
    static String metricOf(String tag) {
        int brace = tag.indexOf('{');
        return brace < 0 ? tag : tag.substring(0, brace);
    }

    int size() {
        return startMs.length;
    }

    long startMs(int window) {
        return startMs[window];
    }

    long endMs(int window) {
        return endMs[window];
    }

    /** The end of the last window, in ms since the start of the run. */
    long endMs() {
        return endMs.length == 0 ? 0 : endMs[endMs.length - 1];
    }

    WindowRecord record(int window) {
        return new WindowRecord(this, window);
    }

    /** The index of the window that begins at {@code atMs}; -1 if there is none. */
    int indexOf(long atMs) {
        for (long near = atMs - SLACK_MS; near <= atMs + SLACK_MS; near++) {
            int index = java.util.Arrays.binarySearch(startMs, near);
            if (index >= 0) return index;
        }
        return -1;
    }

    /** The series of a metric, one per label combination with a count. */
    List<MetricSeries> series(Metric metric) {
        return counts.getOrDefault(metric, List.of());
    }

    /** The count of a series in a window; 0 if it has no row there. */
    double count(MetricSeries series, int window) {
        double count = value(series, window);
        return Double.isNaN(count) ? 0 : count;
    }

    /** Another statistic of the series of {@code counts}; NaN if it has no row in the window. */
    double value(MetricSeries counts, String stat, int window) {
        MetricSeries series = data.series(counts.key().metric(), counts.key().labels(), stat);
        return series == null ? Double.NaN : value(series, window);
    }

    private double value(MetricSeries series, int window) {
        int low = 0;
        int high = series.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = series.startMs(middle);
            if (at == startMs[window]) return series.value(middle);
            if (at < startMs[window]) low = middle + 1;
            else high = middle - 1;
        }
        return Double.NaN;
    }

    /** The count of a metric in a window, summed over all labels. */
    double total(Metric metric, int window) {
        double sum = 0;
        for (MetricSeries series : series(metric)) sum += count(series, window);
        return sum;
    }

    /** The count of a metric in all windows. */
    double total(Metric metric) {
        double sum = 0;
        for (int window = 0; window < size(); window++) sum += total(metric, window);
        return sum;
    }

    /** The count of one series of a metric in all windows. */
    double total(Metric metric, String labels) {
        double sum = 0;
        for (MetricSeries series : series(metric)) {
            if (!series.key().labels().equals(labels)) continue;
            for (int window = 0; window < size(); window++) sum += count(series, window);
        }
        return sum;
    }

    /** Nodes that were up in the last window with a sample; -1 if there is none. */
    long nodesUpAtEnd() {
        return nodesUpAtEnd;
    }
}
