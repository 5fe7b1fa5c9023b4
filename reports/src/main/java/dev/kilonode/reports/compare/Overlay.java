package dev.kilonode.reports.compare;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ChartSeries;
import dev.kilonode.reports.model.Palette;
import dev.kilonode.reports.model.Scale;
import dev.kilonode.reports.run.RunHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * A chart of upload latency over time with both groups. The histograms of a group's runs are merged, so that percentiles are over all its
 * uploads.
 */
public final class Overlay {

    /** Most intervals of time; each holds a histogram while the chart is computed. */
    private static final int MOST_INTERVALS = 60;

    private static final String METRIC = Metric.UPLOAD_LATENCY.id();
    private static final int FEWEST = 3;

    private Overlay() {}

    /** The chart with id {@code upload-latency}; empty if no group has data. Its note counts runs with damaged files. */
    public static Chart of(Comparison comparison) {
        List<Path> base = directories(comparison.base());
        List<Path> fresh = directories(comparison.fresh());
        long intervalMs = intervalMs(base, fresh);
        int[] damaged = {0};
        List<ChartSeries[]> sides =
                List.of(percentiles(base, intervalMs, damaged), percentiles(fresh, intervalMs, damaged));
        double most = sides.stream()
                .flatMap(java.util.Arrays::stream)
                .mapToDouble(ChartSeries::max)
                .max()
                .orElse(0);
        Scale scale = Scale.millis(most);
        var lines = new ArrayList<Chart.Line>();
        String[] names = {"BASE", "NEW"};
        int[] colours = {Palette.BLUE, Palette.VERMILION};
        String[] stats = {"p95", "p50"};
        for (int side = 0; side < sides.size(); side++) {
            for (int stat = 0; stat < stats.length; stat++) {
                ChartSeries points = sides.get(side)[stat];
                if (points.size() > 0) {
                    ChartSeries shown = connected(points).times(scale.factor());
                    lines.add(new Chart.Line(names[side] + " " + stats[stat], shown, colours[side], stat == 0));
                }
            }
        }
        String note = lines.isEmpty()
                ? "no side has latencies over time" + (base.isEmpty() ? "; a baseline has none" : "")
                : "All uploads of a side's runs together, by the time they ended. Solid: p95, dashed: p50."
                        + (base.isEmpty() ? " The baseline has no latencies over time." : "");
        note += damaged[0] == 0
                ? ""
                : " Of " + RunSearch.counted(damaged[0], "run") + " data/latency.hlog cannot be read to its end.";
        return new Chart(
                "upload-latency",
                "Upload latency",
                "Upload latency over time",
                scale.unit(),
                note,
                lines,
                List.of(),
                false,
                null);
    }

    /** Inserts gaps for missing windows, unless most are missing: with few uploads a continuous line is more readable. */
    private static ChartSeries connected(ChartSeries points) {
        ChartSeries gaps = points.withGaps();
        return gaps.size() - points.size() > points.size() / 4 ? points : gaps;
    }

    private static List<Path> directories(RunGroup group) {
        return group.samples().stream()
                .map(Sample::directory)
                .filter(java.util.Objects::nonNull)
                .map(Path.class::cast)
                .toList();
    }

    private static long intervalMs(List<Path> base, List<Path> fresh) {
        long[] most = {0, 0}; // window, end
        for (List<Path> side : List.of(base, fresh)) {
            for (Path run : side.stream().limit(1).toList()) {
                boolean whole = read(run, h -> {
                    most[0] = Math.max(most[0], h.getEndTimeStamp() - h.getStartTimeStamp());
                    most[1] = Math.max(most[1], h.getEndTimeStamp());
                });
                most[0] = whole ? most[0] : Math.max(1_000, most[0]);
            }
        }
        long window = Math.max(1, most[0]);
        return window * Math.max(1, (most[1] / window + MOST_INTERVALS - 1) / MOST_INTERVALS);
    }

    /** Whether the file could be read to its end; data before the damage count. */
    private static boolean read(Path run, Consumer<Histogram> each) {
        try {
            return RunHead.forEachLatency(run, METRIC, each);
        } catch (IOException e) {
            return false;
        }
    }

    /** p95, p50. */
    private static ChartSeries[] percentiles(List<Path> runs, long intervalMs, int[] damaged) {
        var intervals = new TreeMap<Long, Histogram>();
        for (Path run : runs) {
            boolean whole = read(
                    run,
                    h -> intervals
                            .computeIfAbsent(h.getStartTimeStamp() / intervalMs, k -> new Histogram(3))
                            .add(h));
            damaged[0] += whole ? 0 : 1;
        }
        intervals.values().removeIf(h -> h.getTotalCount() < Math.min(FEWEST, runs.size()));
        int n = intervals.size();
        var p95 = new ChartSeries(new long[n], new long[n], new double[n]);
        var p50 = new ChartSeries(p95.startMs(), p95.endMs(), new double[n]);
        int i = 0;
        for (var interval : intervals.entrySet()) {
            p95.startMs()[i] = interval.getKey() * intervalMs;
            p95.endMs()[i] = (interval.getKey() + 1) * intervalMs;
            p95.value()[i] = interval.getValue().getValueAtPercentile(95) / 1e3;
            p50.value()[i++] = interval.getValue().getValueAtPercentile(50) / 1e3;
        }
        return new ChartSeries[] {p95, p50};
    }
}
