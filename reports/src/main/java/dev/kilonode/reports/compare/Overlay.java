package dev.kilonode.reports.compare;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.story.Chart;
import dev.kilonode.reports.story.Palette;
import dev.kilonode.reports.story.Points;
import dev.kilonode.reports.story.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Upload latency over time, both sides in one chart. The histograms of a side's runs are added up, so that a percentile is that of all its uploads. */
public final class Overlay {

    /** Stretches of time; each holds a histogram while the chart is made. */
    private static final int MOST_STRETCHES = 60;

    private static final String METRIC = Metric.UPLOAD_LATENCY.id();
    private static final int FEWEST = 3;

    private Overlay() {}

    /** The chart, with id {@code upload-latency}; not drawn if no side has data. Runs whose file is damaged are counted in its note. */
    public static Chart of(Comparison comparison) {
        List<Path> base = directories(comparison.base());
        List<Path> fresh = directories(comparison.fresh());
        long stretchMs = stretchMs(base, fresh);
        int[] damaged = {0};
        List<Points[]> sides = List.of(percentiles(base, stretchMs, damaged), percentiles(fresh, stretchMs, damaged));
        double most = sides.stream()
                .flatMap(java.util.Arrays::stream)
                .mapToDouble(Points::max)
                .max()
                .orElse(0);
        Scale scale = Scale.millis(most);
        var lines = new ArrayList<Chart.Line>();
        String[] names = {"BASE", "NEW"};
        int[] colours = {Palette.BLUE, Palette.VERMILION};
        String[] stats = {"p95", "p50"};
        for (int side = 0; side < sides.size(); side++) {
            for (int stat = 0; stat < stats.length; stat++) {
                Points points = sides.get(side)[stat];
                if (points.size() > 0) {
                    Points shown = connected(points).times(scale.factor());
                    lines.add(new Chart.Line(names[side] + " " + stats[stat], shown, colours[side], stat == 0));
                }
            }
        }
        String note = lines.isEmpty()
                ? "no side has latencies over time" + (base.isEmpty() ? "; a baseline keeps none" : "")
                : "All uploads of a side's runs together, by the time they ended. Solid: p95, dashed: p50."
                        + (base.isEmpty() ? " The baseline keeps no course over time." : "");
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

    /** With gaps where windows are missing, unless most are: then uploads are few, and a line between them is what shows their course. */
    private static Points connected(Points points) {
        Points gaps = points.withGaps();
        return gaps.size() - points.size() > points.size() / 4 ? points : gaps;
    }

    private static List<Path> directories(RunGroup group) {
        return group.samples().stream()
                .map(Sample::directory)
                .filter(java.util.Objects::nonNull)
                .map(Path.class::cast)
                .toList();
    }

    private static long stretchMs(List<Path> base, List<Path> fresh) {
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
        return window * Math.max(1, (most[1] / window + MOST_STRETCHES - 1) / MOST_STRETCHES);
    }

    /** Whether the file could be read to its end; what stands before the damage counts. */
    private static boolean read(Path run, Consumer<Histogram> each) {
        try {
            return RunHead.forEachLatency(run, METRIC, each);
        } catch (IOException e) {
            return false;
        }
    }

    /** p95, p50. */
    private static Points[] percentiles(List<Path> runs, long stretchMs, int[] damaged) {
        var stretches = new TreeMap<Long, Histogram>();
        for (Path run : runs) {
            boolean whole = read(
                    run,
                    h -> stretches
                            .computeIfAbsent(h.getStartTimeStamp() / stretchMs, k -> new Histogram(3))
                            .add(h));
            damaged[0] += whole ? 0 : 1;
        }
        stretches.values().removeIf(h -> h.getTotalCount() < Math.min(FEWEST, runs.size()));
        int n = stretches.size();
        var p95 = new Points(new long[n], new long[n], new double[n]);
        var p50 = new Points(p95.startMs(), p95.endMs(), new double[n]);
        int i = 0;
        for (var stretch : stretches.entrySet()) {
            p95.startMs()[i] = stretch.getKey() * stretchMs;
            p95.endMs()[i] = (stretch.getKey() + 1) * stretchMs;
            p95.value()[i] = stretch.getValue().getValueAtPercentile(95) / 1e3;
            p50.value()[i++] = stretch.getValue().getValueAtPercentile(50) / 1e3;
        }
        return new Points[] {p95, p50};
    }
}
