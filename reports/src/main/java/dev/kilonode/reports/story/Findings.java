package dev.kilonode.reports.story;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.RunData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The few facts that headline, tiles and moments are made of. Counts are -1 where the run did not record them. */
final class Findings {

    private final Points dropRate;
    private final Points timeoutRate;
    private final Points deliveredRate;
    private final double drops;
    private final double timeouts;
    private final double exchanges;
    private final double delivered;
    private final double restarts;
    private final long firstDropMs;
    private final long firstTimeoutMs;
    private final Points dropCounts;
    private final Points timeoutCounts;
    private final Uploads uploads;
    private final Drops dropsByNode;
    private final Grouping grouping;

    Findings(RunData data) throws IOException {
        this.grouping = new Grouping(data);
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
        this.uploads = new Uploads(data);
        this.dropsByNode = new Drops(data);
        this.firstDropMs = first(dropCounts, dropsByNode.firstMs());
        this.firstTimeoutMs = first(timeoutCounts, -1);
    }

    Points dropRate() {
        return dropRate;
    }

    Points timeoutRate() {
        return timeoutRate;
    }

    Points deliveredRate() {
        return deliveredRate;
    }

    /** A statistic of upload latency by window. */
    Points uploadLatency(String stat) {
        return grouping.one(Metric.UPLOAD_LATENCY.id(), "", stat);
    }

    Points uploadsFailed() {
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

    /** When the first drop happened (its window's start, where the moment is not known), or -1. */
    long firstDropMs() {
        return firstDropMs;
    }

    /** By when the first identity time-out had happened: the end of its window; -1 if there was none. */
    long firstTimeoutByMs() {
        int i = timeoutCounts.firstAbove(0);
        return i < 0 ? -1 : timeoutCounts.endMs()[i];
    }

    Uploads uploads() {
        return uploads;
    }

    Drops dropsByNode() {
        return dropsByNode;
    }

    /** What happened first, in order of time. */
    List<Story.Moment> moments() {
        var moments = new ArrayList<Story.Moment>();
        add(moments, firstDropMs, "first drop", true);
        add(moments, onset(dropCounts), "drops reach half of their peak", false);
        add(moments, firstTimeoutMs, "first identity time-out", false);
        add(moments, onset(timeoutCounts), "identity time-outs reach half of their peak", false);
        Uploads.Stretch first = uploads.first();
        Points p95 = uploadLatency("p95");
        if (first != null && first.p95() > 0) {
            int i = sustained(p95, 2 * first.p95());
            add(moments, i < 0 ? -1 : p95.startMs()[i], "upload p95 has doubled", true);
        }
        moments.sort(java.util.Comparator.comparingLong(Story.Moment::timeMs));
        return moments;
    }

    private static void add(List<Story.Moment> to, long timeMs, String name, boolean turning) {
        if (timeMs >= 0) {
            to.add(new Story.Moment(timeMs, name, turning));
        }
    }

    /** First of three windows in a row above the limit, so that one odd window is not taken for a change; -1 if there is none. */
    private static int sustained(Points points, double limit) {
        for (int i = 0; i + 2 < points.size(); i++) {
            if (points.value()[i] > limit && points.value()[i + 1] > limit && points.value()[i + 2] > limit) {
                return i;
            }
        }
        return -1;
    }

    private static long onset(Points counts) {
        int i = counts.max() < 2 ? -1 : counts.firstAbove(counts.max() / 2);
        return i < 0 ? -1 : counts.startMs()[i];
    }

    private static long first(Points counts, long knownMs) {
        int i = counts.firstAbove(0);
        if (i < 0) {
            return knownMs;
        }
        // a drop known inside the first window tells the moment exactly
        return knownMs >= counts.startMs()[i] && knownMs <= counts.endMs()[i] ? knownMs : counts.startMs()[i];
    }

    private double total(String metric) {
        Points counts = grouping.total(metric, "count");
        return counts.size() == 0 ? -1 : counts.sum();
    }
}
