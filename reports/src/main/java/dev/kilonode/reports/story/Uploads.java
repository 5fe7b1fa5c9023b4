package dev.kilonode.reports.story;

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

/** What the uploads of a run say: counts, the slowest, and percentiles of the first and the last stretch. */
final class Uploads {

    private static final int SLOWEST = 10;
    private static final long HOUR_MS = 3_600_000;
    private static final int DIGITS = 3;

    /**
     * Percentiles in ms of the uploads that ended in a stretch of the time for which there were uploads.
     *
     * @param name  {@code first hour}, {@code last quarter}, ...
     * @param count uploads that ended in it
     */
    record Stretch(String name, long count, double p50, double p95) {}

    private long succeeded;
    private long firstStartMs = Long.MAX_VALUE;
    private long failed;
    private long running;
    private final PriorityQueue<UploadRow> slowest =
            new PriorityQueue<>(Comparator.comparingLong(Uploads::latencyOrZero));
    private final String unit;
    private final @Nullable Stretch first;
    private final @Nullable Stretch last;

    Uploads(RunData data) throws IOException {
        long endMs = data.lastMs();
        data.forEachUpload(this::add);
        long beginMs = Math.min(firstStartMs, endMs); // uploads may begin long after the run
        long spanMs = endMs - beginMs;
        long stretchMs = spanMs >= 4 * HOUR_MS ? HOUR_MS : spanMs / 4;
        this.unit = spanMs >= 4 * HOUR_MS ? "hour" : "quarter";
        var early = new Histogram(DIGITS);
        var late = new Histogram(DIGITS);
        LongPredicate isEarly = startMs -> startMs <= beginMs + stretchMs;
        LongPredicate isLate = startMs -> startMs >= endMs - stretchMs;
        data.forEachLatency(Metric.UPLOAD_LATENCY.id(), h -> {
            if (isEarly.test(h.getStartTimeStamp())) {
                early.add(h);
            }
            if (isLate.test(h.getStartTimeStamp())) {
                late.add(h);
            }
        });
        this.first = stretch("first " + unit, early, data, isEarly, beginMs, beginMs + stretchMs);
        this.last = stretch("last " + unit, late, data, isLate, endMs - stretchMs, endMs);
    }

    /** Uploads in the first stretch; null if none ended in it. */
    @Nullable
    Stretch first() {
        return first;
    }

    /** Uploads in the last stretch; null if none ended in it. */
    @Nullable
    Stretch last() {
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

    /** The slowest of those that ended, the worst first. */
    List<UploadRow> slowest() {
        var rows = new ArrayList<>(slowest);
        rows.sort(Comparator.comparingLong(Uploads::latencyOrZero).reversed().thenComparingLong(UploadRow::startMs));
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

    private static @Nullable Stretch stretch(
            String name, Histogram histogram, RunData data, LongPredicate within, long fromMs, long toMs) {
        var grouping = new Grouping(data);
        if (histogram.getTotalCount() > 0) {
            // a histogram rounds; the extremes of the windows are exact
            double min = of(grouping, "min", within).min().orElse(0);
            double max = of(grouping, "max", within).max().orElse(Double.POSITIVE_INFINITY);
            return new Stretch(
                    name,
                    histogram.getTotalCount(),
                    Math.max(min, Math.min(max, histogram.getValueAtPercentile(50) / 1e3)),
                    Math.max(min, Math.min(max, histogram.getValueAtPercentile(95) / 1e3)));
        }
        // a run without histograms: the median window stands for the stretch
        Points p50 = grouping.one(Metric.UPLOAD_LATENCY.id(), "", "p50").within(fromMs, toMs);
        Points p95 = grouping.one(Metric.UPLOAD_LATENCY.id(), "", "p95").within(fromMs, toMs);
        double count = grouping.one(Metric.UPLOAD_LATENCY.id(), "", "count")
                .within(fromMs, toMs)
                .sum();
        return p50.size() == 0 || p95.size() == 0
                ? null
                : new Stretch(name, Math.round(count), median(p50.value()), median(p95.value()));
    }

    private static DoubleStream of(Grouping grouping, String stat, LongPredicate within) {
        Points points = grouping.one(Metric.UPLOAD_LATENCY.id(), "", stat);
        return IntStream.range(0, points.size())
                .filter(i -> within.test(points.startMs()[i]))
                .mapToDouble(i -> points.value()[i]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long latencyOrZero(UploadRow row) {
        Long latencyMs = row.latencyMs();
        return latencyMs == null ? 0 : latencyMs;
    }
}
