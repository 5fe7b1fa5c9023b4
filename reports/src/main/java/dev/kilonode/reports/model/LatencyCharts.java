package dev.kilonode.reports.model;

import dev.kilonode.reports.model.Chart.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charts of percentiles. A percentile is drawn only in windows with enough samples. */
final class LatencyCharts {

    /** With fewer samples p99 is just the maximum. */
    private static final int FEWEST_FOR_P99 = 100;
    /** A first window with fewer samples belongs to the start of the run. */
    private static final int FEWEST_AT_FIRST = 3;

    private final ChartFactory make;

    LatencyCharts(ChartFactory make) {
        this.make = make;
    }

    /**
     * p50, p95, p99 and mean of a latency.
     *
     * @param labels labels of the one series to show; empty for all together
     */
    Chart percentiles(String id, String section, String what, String metric, String labels, String note) {
        var found = new LinkedHashMap<String, ChartSeries>();
        ChartSeries counts = points(metric, labels, "count");
        boolean fewSamples = false;
        for (String stat : List.of("p50", "p95", "p99", "mean")) {
            ChartSeries points = withoutThinStart(points(metric, labels, stat), counts);
            if (stat.equals("p99") && counts.size() > 0) {
                ChartSeries sound = points.whereAtLeast(FEWEST_FOR_P99, counts);
                fewSamples = sound.size() < points.size();
                points = sound;
            }
            if (points.size() > 0) {
                found.put(stat, points);
            }
        }
        if (found.isEmpty()) {
            return make.omitted(id, section, what, metric + (labels.isEmpty() ? "" : "{" + labels + "}"));
        }
        Scale scale = Scale.millis(ChartFactory.largest(found));
        var lines = new ArrayList<Line>();
        found.forEach((stat, points) -> lines.add(new Line(
                stat,
                ChartFactory.scaled(points, scale),
                switch (stat) {
                    case "p50" -> Palette.BLUE;
                    case "p95" -> Palette.VERMILION;
                    case "p99" -> Palette.PURPLE;
                    default -> Palette.GREY;
                },
                !stat.equals("mean"))));
        String without = fewSamples ? " No p99 where a window has fewer than " + FEWEST_FOR_P99 + " samples." : "";
        return make.lines(id, section, what, scale.unit(), (note + without).strip(), lines);
    }

    /** p99 and mean by lock. Locks whose p99 is always 0 are only named in the note. */
    Chart locks(String id, String section, String what, String metric, String note) {
        Map<String, ChartSeries> p99 = make.grouping().by(metric, "lock", "p99");
        Map<String, ChartSeries> mean = make.grouping().by(metric, "lock", "mean");
        if (p99.isEmpty()) {
            return percentiles(id, section, what, metric, "", note);
        }
        List<String> idle = p99.entrySet().stream()
                .filter(lock -> lock.getValue().max() == 0)
                .map(Map.Entry::getKey)
                .toList();
        var shown = new LinkedHashMap<>(p99);
        if (idle.size() < p99.size()) {
            shown.keySet().removeAll(idle);
        }
        Scale scale = Scale.millis(ChartFactory.largest(shown));
        var lines = new ArrayList<Line>();
        shown.forEach((lock, points) -> {
            int colour = lines.size() / 2;
            lines.add(new Line(lock + " p99", ChartFactory.scaled(points, scale), colour, true));
            lines.add(new Line(
                    lock + " mean",
                    ChartFactory.scaled(mean.getOrDefault(lock, ChartSeries.NONE), scale),
                    colour,
                    false));
        });
        String without =
                shown.size() == p99.size() ? "" : " Not shown, as their p99 is 0: " + String.join(", ", idle) + ".";
        return make.lines(
                id, section, what + " (solid: p99, dashed: mean)", scale.unit(), (note + without).strip(), lines);
    }

    private ChartSeries points(String metric, String labels, String stat) {
        SeriesAggregator grouping = make.grouping();
        return labels.isEmpty() ? grouping.total(metric, stat) : grouping.one(metric, labels, stat);
    }

    private static ChartSeries withoutThinStart(ChartSeries points, ChartSeries counts) {
        if (points.size() < 2 || counts.size() == 0) {
            return points;
        }
        ChartSeries first = points.within(points.startMs()[0], points.endMs()[0]);
        return first.whereAtLeast(FEWEST_AT_FIRST, counts).size() == 0 ? points.from(1) : points;
    }
}
