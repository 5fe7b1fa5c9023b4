package dev.kilonode.reports.model;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.UploadRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Statistics of the uploads of a run: counts, the slowest uploads, and percentiles of the first and the last period. */
final class UploadStatistics {

    private static final int SLOWEST = 10;
    private static final long HOUR_MS = 3_600_000;
    private static final int DIGITS = 3;

    /**
     * Percentiles in ms of the uploads that ended in a period.
     *
     * @param name {@code first hour}, {@code last quarter}, ...
     * @param count number of uploads that ended in it
     * @param p50 median latency, ms
     * @param p95 95th percentile, ms
     */
    record Period(String name, long count, double p50, double p95) {}

    private long succeeded;
    private long firstStartMs = Long.MAX_VALUE;
    private long failed;
    private long running;
    private final PriorityQueue<UploadRow> slowest =
            new PriorityQueue<>(Comparator.comparingLong(UploadStatistics::latencyOrZero));
    private final String unit;
    private final @Nullable Period first;
    private final @Nullable Period last;

    UploadStatistics(RunData data) throws IOException {
        long endMs = data.lastMs();
        data.forEachUpload(this::add);
        long beginMs = Math.min(firstStartMs, endMs); // uploads may start long after the run
        long spanMs = endMs - beginMs;
        long periodMs = spanMs >= 4 * HOUR_MS ? HOUR_MS : spanMs / 4;
        this.unit = spanMs >= 4 * HOUR_MS ? "hour" : "quarter";
        var early = new Histogram(DIGITS);
        var late = new Histogram(DIGITS);
        LongPredicate isEarly = startMs -> startMs <= beginMs + periodMs;
        LongPredicate isLate = startMs -> startMs >= endMs - periodMs;
        data.forEachLatency(Metric.UPLOAD_LATENCY.id(), h -> {
            if (isEarly.test(h.getStartTimeStamp())) {
                early.add(h);
            }
            if (isLate.test(h.getStartTimeStamp())) {
                late.add(h);
            }
        });
        this.first = period("first " + unit, early, data, isEarly, beginMs, beginMs + periodMs);
        this.last = period("last " + unit, late, data, isLate, endMs - periodMs, endMs);
    }

    /** The first period; null if no upload ended in it. */
    @Nullable
    Period first() {
        return first;
    }

    /** The last period; null if no upload ended in it. */
    @Nullable
    Period last() {
        return last;
    }

    long succeeded() {
        return succeeded;
    }

    long failed() {
        return failed;
    }

    long running() {
        return running;
    }

    /** The slowest uploads that ended, the slowest first. */
    List<UploadRow> slowest() {
        var rows = new ArrayList<>(slowest);
        rows.sort(Comparator.comparingLong(UploadStatistics::latencyOrZero)
                .reversed()
                .thenComparingLong(UploadRow::startMs));
        return rows;
    }

    private void add(UploadRow row) {
        firstStartMs = Math.min(firstStartMs, row.startMs());
        switch (row.outcome()) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case RUNNING -> running++;
        }
        if (row.latencyMs() != null) {
            slowest.add(row);
        }
        if (slowest.size() > SLOWEST) {
            slowest.remove();
        }
    }

    private static @Nullable Period period(
            String name, Histogram histogram, RunData data, LongPredicate within, long fromMs, long toMs) {
        var series = new SeriesAggregator(data);
        if (histogram.getTotalCount() > 0) {
            // histograms round; minimum and maximum of the windows are exact
            double min = of(series, "min", within).min().orElse(0);
            double max = of(series, "max", within).max().orElse(Double.POSITIVE_INFINITY);
            return new Period(
                    name,
                    histogram.getTotalCount(),
                    Math.max(min, Math.min(max, histogram.getValueAtPercentile(50) / 1e3)),
                    Math.max(min, Math.min(max, histogram.getValueAtPercentile(95) / 1e3)));
        }
        // a run without histograms: the median of the windows represents the period
        ChartSeries p50 = series.one(Metric.UPLOAD_LATENCY.id(), "", "p50").within(fromMs, toMs);
        ChartSeries p95 = series.one(Metric.UPLOAD_LATENCY.id(), "", "p95").within(fromMs, toMs);
        double count = series.one(Metric.UPLOAD_LATENCY.id(), "", "count")
                .within(fromMs, toMs)
                .sum();
        return p50.size() == 0 || p95.size() == 0
                ? null
                : new Period(name, Math.round(count), upperMedian(p50.value()), upperMedian(p95.value()));
    }

    private static DoubleStream of(SeriesAggregator series, String stat, LongPredicate within) {
        ChartSeries points = series.one(Metric.UPLOAD_LATENCY.id(), "", stat);
        return IntStream.range(0, points.size())
                .filter(i -> within.test(points.startMs()[i]))
                .mapToDouble(i -> points.value()[i]);
    }

    private static double upperMedian(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long latencyOrZero(UploadRow row) {
        Long latencyMs = row.latencyMs();
        return latencyMs == null ? 0 : latencyMs;
    }
}
