package dev.kilonode.reports.model;

import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** Aggregates series over all labels, or by the values of one label. */
final class SeriesAggregator {

    /** Natural order: numbers before words, so that shard 10 follows shard 9. */
    static final Comparator<String> NATURAL = Comparator.comparingInt((String s) -> isNumber(s) ? 0 : 1)
            .thenComparingInt(s -> isNumber(s) ? s.length() : 0)
            .thenComparing(Comparator.naturalOrder());

    private final RunData data;

    SeriesAggregator(RunData data) {
        this.data = data;
    }

    /** The series without labels; if there is none, the aggregate of the labelled ones. */
    ChartSeries total(String metric, String stat) {
        MetricSeries plain = data.series(metric, "", stat);
        if (plain != null) {
            return ChartSeries.of(plain);
        }
        // series such as {by=start} contain the same samples again
        List<MetricSeries> parts = data.all(metric, stat).stream()
                .filter(s -> !s.key().labelMap().containsKey("by"))
                .toList();
        return together(parts, stat);
    }

    /** One series by its labels; empty if there is none. */
    ChartSeries one(String metric, String labels, String stat) {
        MetricSeries series = data.series(metric, labels, stat);
        return series == null ? ChartSeries.NONE : ChartSeries.of(series);
    }

    /** By value of {@code label}, the aggregate of all series with that value. */
    Map<String, ChartSeries> by(String metric, String label, String stat) {
        var parts = new TreeMap<String, List<MetricSeries>>(NATURAL);
        for (MetricSeries series : data.all(metric, stat)) {
            String value = series.key().labelMap().get(label);
            if (value != null) {
                parts.computeIfAbsent(value, k -> new java.util.ArrayList<>()).add(series);
            }
        }
        var points = new TreeMap<String, ChartSeries>(NATURAL);
        parts.forEach((value, series) -> points.put(value, together(series, stat)));
        return points;
    }

    private static ChartSeries together(List<MetricSeries> parts, String stat) {
        return switch (stat) {
            case "count", "rate" -> fold(parts, Double::sum);
            case "min" -> fold(parts, Math::min);
            case "mean" -> mean(parts);
            default ->
                fold(parts, Math::max); // percentiles of windows cannot be combined; the largest is an upper bound
        };
    }

    private static ChartSeries fold(List<MetricSeries> parts, DoubleBinaryOperator with) {
        var values = new TreeMap<ChartSeries.Window, Double>();
        for (MetricSeries series : parts) {
            for (int i = 0; i < series.size(); i++) {
                values.merge(
                        new ChartSeries.Window(series.startMs(i), series.endMs(i)),
                        series.value(i),
                        with::applyAsDouble);
            }
        }
        return ChartSeries.of(values);
    }

    private static ChartSeries mean(List<MetricSeries> parts) {
        var counts = new TreeMap<ChartSeries.Window, Double>();
        for (MetricSeries series : parts) {
            for (int i = 0; i < series.size(); i++) {
                counts.merge(new ChartSeries.Window(series.startMs(i), series.endMs(i)), 1.0, Double::sum);
            }
        }
        ChartSeries sums = fold(parts, Double::sum);
        ChartSeries n = ChartSeries.of(counts);
        for (int i = 0; i < sums.size(); i++) {
            sums.value()[i] /= n.value()[i];
        }
        return sums;
    }

    private static boolean isNumber(String s) {
        return !s.isEmpty() && s.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
