package dev.kilonode.reports.model;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.RunData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The facts from which headline, key figures and moments are derived. Counts are -1 if the run did not record them. */
final class RunFacts {

    private final ChartSeries dropRate;
    private final ChartSeries timeoutRate;
    private final ChartSeries deliveredRate;
    private final double drops;
    private final double timeouts;
    private final double exchanges;
    private final double delivered;
    private final double restarts;
    private final long firstDropMs;
    private final long firstTimeoutMs;
    private final long firstViolationMs;
    private final ChartSeries dropCounts;
    private final ChartSeries timeoutCounts;
    private final UploadStatistics uploads;
    private final DropsByNode dropsByNode;
    private final SeriesAggregator grouping;

    RunFacts(RunData data) throws IOException {
        this.grouping = new SeriesAggregator(data);
        this.dropRate = grouping.total(Metric.DROPS.id(), "rate");
        this.timeoutRate = grouping.total(Metric.IDENTITY_TIMEOUTS.id(), "rate");
        this.deliveredRate = grouping.total(Metric.DELIVERED.id(), "rate");
        this.dropCounts = grouping.total(Metric.DROPS.id(), "count");
        this.timeoutCounts = grouping.total(Metric.IDENTITY_TIMEOUTS.id(), "count");
        // without a single row of drops in a run that delivered, nothing was dropped: the label set appears with the
        // first drop
        boolean recorded = deliveredRate.size() > 0;
        this.drops = dropCounts.size() > 0 || recorded ? dropCounts.sum() : -1;
        this.timeouts = timeoutCounts.size() > 0 ? timeoutCounts.sum() : -1;
        this.exchanges = total(Metric.IDENTITY_EXCHANGES.id());
        this.delivered = total(Metric.DELIVERED.id());
        this.restarts = total(Metric.RESTARTS.id());
        this.uploads = new UploadStatistics(data);
        this.dropsByNode = new DropsByNode(data);
        this.firstDropMs = first(dropCounts, dropsByNode.firstMs());
        this.firstTimeoutMs = first(timeoutCounts, -1);
        this.firstViolationMs = Violations.firstMs(data);
    }

    ChartSeries dropRate() {
        return dropRate;
    }

    ChartSeries timeoutRate() {
        return timeoutRate;
    }

    ChartSeries deliveredRate() {
        return deliveredRate;
    }

    /** Frames that were given up because they crossed too slowly. */
    double framesTooSlow() {
        double sum = 0;
        for (String cause : List.of("on-path", "on-downlink", "acknowledgement-late")) {
            sum += grouping.one(Metric.LINK_GIVEN_UP.id(), "cause=" + cause, "count")
                    .sum();
        }
        return sum;
    }

    double framesSent() {
        return grouping.total(Metric.LINK_SENT.id(), "count").sum();
    }

    /** A statistic of upload latency by window. */
    ChartSeries uploadLatency(String stat) {
        return grouping.one(Metric.UPLOAD_LATENCY.id(), "", stat);
    }

    ChartSeries uploadsFailed() {
        return grouping.total(Metric.UPLOAD_FAILED.id(), "rate");
    }

    double drops() {
        return drops;
    }

    double timeouts() {
        return timeouts;
    }

    double exchanges() {
        return exchanges;
    }

    double delivered() {
        return delivered;
    }

    double restarts() {
        return restarts;
    }

    /** Time of the first drop, or the start of its window if the time is unknown; -1 if there is none. */
    long firstDropMs() {
        return firstDropMs;
    }

    /** End of the window with the first identity time-out; -1 if there was none. */
    long firstTimeoutByMs() {
        int i = timeoutCounts.firstAbove(0);
        return i < 0 ? -1 : timeoutCounts.endMs()[i];
    }

    UploadStatistics uploads() {
        return uploads;
    }

    DropsByNode dropsByNode() {
        return dropsByNode;
    }

    /** First occurrences, in order of time. */
    List<ReportModel.Moment> moments() {
        var moments = new ArrayList<ReportModel.Moment>();
        add(moments, firstDropMs, "first drop", true);
        add(moments, onset(dropCounts), "drops reach half of their peak", false);
        add(moments, firstTimeoutMs, "first identity time-out", false);
        add(moments, onset(timeoutCounts), "identity time-outs reach half of their peak", false);
        add(moments, firstViolationMs, "first violation of an invariant", true);
        UploadStatistics.Period first = uploads.first();
        ChartSeries p95 = uploadLatency("p95");
        if (first != null && first.p95() > 0) {
            int i = sustained(p95, 2 * first.p95());
            add(moments, i < 0 ? -1 : p95.startMs()[i], "upload p95 has doubled", true);
        }
        moments.sort(java.util.Comparator.comparingLong(ReportModel.Moment::timeMs));
        return moments;
    }

    private static void add(List<ReportModel.Moment> to, long timeMs, String name, boolean turning) {
        if (timeMs >= 0) {
            to.add(new ReportModel.Moment(timeMs, name, turning));
        }
    }

    /** First of three consecutive windows above the limit, so that a single outlier does not count; -1 if there is none. */
    private static int sustained(ChartSeries points, double limit) {
        for (int i = 0; i + 2 < points.size(); i++) {
            if (points.value()[i] > limit && points.value()[i + 1] > limit && points.value()[i + 2] > limit) {
                return i;
            }
        }
        return -1;
    }

    private static long onset(ChartSeries counts) {
        int i = counts.max() < 2 ? -1 : counts.firstAbove(counts.max() / 2);
        return i < 0 ? -1 : counts.startMs()[i];
    }

    private static long first(ChartSeries counts, long knownMs) {
        int i = counts.firstAbove(0);
        if (i < 0) {
            return knownMs;
        }
        // a known drop inside the first window gives the exact time
        return knownMs >= counts.startMs()[i] && knownMs <= counts.endMs()[i] ? knownMs : counts.startMs()[i];
    }

    private double total(String metric) {
        ChartSeries counts = grouping.total(metric, "count");
        return counts.size() == 0 ? -1 : counts.sum();
    }
}
