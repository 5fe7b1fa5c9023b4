package dev.kilonode.reports.model;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.model.Chart.Band;
import dev.kilonode.reports.model.Chart.Line;
import dev.kilonode.reports.run.RunData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/** Builds the few kinds of charts. A chart whose metric has no data is omitted with a sentence. */
final class ChartFactory {

    private static final int MOST_LINES = 8;
    /** Parts below this share of the whole are invisible in a stack. */
    private static final double LEAST_SHARE = 0.005;

    private final SeriesAggregator grouping;

    ChartFactory(RunData data) {
        this.grouping = new SeriesAggregator(data);
    }

    SeriesAggregator grouping() {
        return grouping;
    }

    /** Rates of several counters, by name. */
    Chart rates(String id, String section, String what, String unit, Map<String, String> metrics, String note) {
        var found = new LinkedHashMap<String, ChartSeries>();
        metrics.forEach((name, metric) -> {
            ChartSeries points = grouping.total(metric, "rate");
            if (points.size() > 0) {
                found.put(name, points);
            }
        });
        if (found.isEmpty()) {
            return omitted(id, section, what, String.join(", ", metrics.values()));
        }
        Scale scale = Scale.rate(largest(found), unit);
        return lines(id, section, what, scale.unit(), note, coloured(found, scale));
    }

    /** Rates of one counter by the values of a label, stacked. Negligible values are left out. */
    Chart stackedRates(String id, String section, String what, String unit, String metric, String label, String note) {
        Map<String, ChartSeries> byLabel = grouping.by(metric, label, "rate");
        double all = byLabel.values().stream().mapToDouble(ChartSeries::sum).sum();
        var seen = new LinkedHashMap<String, ChartSeries>();
        byLabel.forEach((name, points) -> {
            if (points.sum() > 0 && points.sum() >= LEAST_SHARE * all) {
                seen.put(name, points);
            }
        });
        Map<String, ChartSeries> parts = aligned(busiest(seen));
        if (parts.isEmpty()) {
            ChartSeries total = grouping.total(metric, "rate");
            if (total.size() == 0) {
                return omitted(id, section, what, metric);
            }
            parts = Map.of("all", total);
        }
        Scale scale =
                Scale.rate(parts.values().stream().mapToDouble(ChartSeries::max).sum(), unit);
        return new Chart(
                id,
                section,
                what + ", " + scale.unit(),
                scale.unit(),
                note,
                coloured(parts, scale),
                List.of(),
                parts.size() > 1,
                null);
    }

    /** As {@link #stackedRates}, with the total count of the run in the title. */
    Chart stackedWithTotal(
            String id, String section, String what, String unit, String metric, String label, String note) {
        ChartSeries counts = grouping.total(metric, "count");
        String total = counts.size() == 0 ? "" : " (" + Format.count(counts.sum()) + " in all)";
        return stackedRates(id, section, what + total, unit, metric, label, note);
    }

    /** One statistic of a metric, one line per label value; the eight largest if there are more. */
    Chart byLabel(
            String id,
            String section,
            String what,
            String metric,
            String label,
            String stat,
            DoubleFunction<Scale> scaleOf,
            String note) {
        Map<String, ChartSeries> all = grouping.by(metric, label, stat);
        Map<String, ChartSeries> found = all.isEmpty() ? Map.of("all", grouping.total(metric, stat)) : busiest(all);
        if (found.values().stream().allMatch(p -> p.size() == 0)) {
            return omitted(id, section, what, metric);
        }
        Scale scale = scaleOf.apply(largest(found));
        var named = new LinkedHashMap<String, ChartSeries>();
        found.forEach((value, points) -> named.put(isNumber(value) ? label + " " + value : value, points));
        String cut = all.size() > MOST_LINES ? " The " + MOST_LINES + " highest of " + all.size() + " are shown." : "";
        return lines(id, section, what, scale.unit(), note + cut, coloured(named, scale));
    }

    /** The mean per label value, and the maximum of one value. */
    Chart meansAndMaxOf(
            String maxOf,
            String id,
            String section,
            String what,
            String metric,
            String label,
            String unit,
            String note) {
        Chart means = byLabel(id, section, what, metric, label, "mean", max -> Scale.plain(unit), note);
        ChartSeries max = grouping.by(metric, label, "max").getOrDefault(maxOf, ChartSeries.NONE);
        if (max.max() == 0) {
            return means;
        }
        var lines = new ArrayList<>(means.lines());
        int colour = lines.stream()
                .filter(l -> l.name().equals(maxOf))
                .mapToInt(Line::colour)
                .findFirst()
                .orElse(Palette.GREY);
        lines.add(new Line(maxOf + " max", scaled(max, Scale.plain(unit)), colour, false));
        return lines(id, section, what, unit, note, lines);
    }

    /** A ratio: the mean and the maximum. */
    Chart share(String id, String section, String what, String metric, String worst, String note) {
        ChartSeries mean = grouping.total(metric, "mean");
        ChartSeries max = grouping.total(metric, "max");
        if (mean.size() == 0 && max.size() == 0) {
            return omitted(id, section, what, metric);
        }
        Scale scale = Scale.percent();
        var lines = new ArrayList<Line>();
        if (mean.size() > 0) {
            lines.add(new Line("mean", scaled(mean, scale), Palette.BLUE, true));
        }
        if (max.size() > 0) {
            lines.add(new Line(worst, scaled(max, scale), Palette.VERMILION, true));
        }
        return lines(id, section, what, scale.unit(), note, lines);
    }

    /** A gauge: the mean with a band from min to max, and p95 if it exists. */
    Chart gauge(
            String id,
            String section,
            String what,
            String metric,
            DoubleFunction<Scale> scaleOf,
            String bandName,
            String note) {
        ChartSeries mean = grouping.total(metric, "mean");
        ChartSeries min = grouping.total(metric, "min");
        ChartSeries max = grouping.total(metric, "max");
        ChartSeries p95 = grouping.total(metric, "p95");
        if (mean.size() == 0 && max.size() == 0) {
            return omitted(id, section, what, metric);
        }
        Scale scale = scaleOf.apply(Math.max(mean.max(), max.max()));
        var lines = new ArrayList<Line>();
        var bands = new ArrayList<Band>();
        if (mean.size() > 0) {
            lines.add(new Line("mean", scaled(mean, scale), Palette.BLUE, true));
        }
        if (p95.size() > 0) {
            lines.add(new Line("p95", scaled(p95, scale), Palette.VERMILION, true));
        }
        if (max.size() > 0) {
            lines.add(new Line("max", scaled(max, scale), Palette.GREY, false));
        }
        if (min.size() > 0 && min.size() == max.size()) {
            bands.add(new Band(bandName, scaled(min, scale), scaled(max, scale), Palette.SKY));
        }
        return new Chart(
                id, section, title(what, scale.unit()), scale.unit(), note, List.copyOf(lines), bands, false, null);
    }

    /** p50, p95 and max over nodes. */
    Chart spread(String id, String section, String what, String metric, String unit, String note) {
        var found = new LinkedHashMap<String, ChartSeries>();
        for (String stat : List.of("p50", "p95", "max")) {
            ChartSeries points = grouping.total(metric, stat);
            if (points.size() > 0) {
                found.put(stat, points);
            }
        }
        return found.isEmpty()
                ? omitted(id, section, what, metric)
                : lines(id, section, what, unit, note, coloured(found, Scale.plain(unit)));
    }

    Chart lines(String id, String section, String what, String unit, String note, List<Line> lines) {
        return new Chart(id, section, title(what, unit), unit, note, List.copyOf(lines), List.of(), false, null);
    }

    Chart omitted(String id, String section, String what, String metrics) {
        return Chart.omitted(id, section, what, "Not shown: this run has no data for " + metrics + ".");
    }

    /** Extends all series to the same windows. A counter without a row in a window counted nothing. */
    Map<String, ChartSeries> aligned(Map<String, ChartSeries> parts) {
        var windows = new TreeSet<ChartSeries.Window>();
        ChartSeries clock = grouping.total(Metric.DELIVERED.id(), "rate");
        for (ChartSeries points : parts.values()) {
            addWindows(points, windows);
        }
        if (parts.isEmpty()) {
            return parts;
        }
        addWindows(clock, windows);
        var all = new LinkedHashMap<String, ChartSeries>();
        parts.forEach((name, points) -> {
            var values = new TreeMap<ChartSeries.Window, Double>();
            windows.forEach(w -> values.put(w, 0.0));
            for (int i = 0; i < points.size(); i++) {
                values.put(new ChartSeries.Window(points.startMs()[i], points.endMs()[i]), points.value()[i]);
            }
            all.put(name, ChartSeries.of(values));
        });
        return all;
    }

    private static void addWindows(ChartSeries points, TreeSet<ChartSeries.Window> to) {
        for (int i = 0; i < points.size(); i++) {
            to.add(new ChartSeries.Window(points.startMs()[i], points.endMs()[i]));
        }
    }

    private static Map<String, ChartSeries> busiest(Map<String, ChartSeries> parts) {
        if (parts.size() <= MOST_LINES) {
            return parts;
        }
        var kept = new LinkedHashMap<String, ChartSeries>();
        List<String> order = parts.entrySet().stream()
                .sorted((a, b) ->
                        Double.compare(b.getValue().max(), a.getValue().max()))
                .limit(MOST_LINES)
                .map(Map.Entry::getKey)
                .toList();
        parts.forEach((name, points) -> {
            if (order.contains(name)) {
                kept.put(name, points);
            }
        });
        return kept;
    }

    private static List<Line> coloured(Map<String, ChartSeries> parts, Scale scale) {
        var lines = new ArrayList<Line>();
        parts.forEach(
                (name, points) -> lines.add(new Line(name, scaled(points, scale), lines.size() % MOST_LINES, true)));
        return List.copyOf(lines);
    }

    static ChartSeries scaled(ChartSeries points, Scale scale) {
        return points.times(scale.factor()).withGaps();
    }

    static double largest(Map<String, ChartSeries> found) {
        return found.values().stream().mapToDouble(ChartSeries::max).max().orElse(0);
    }

    private static String title(String what, String unit) {
        // "Uploads running, uploads" would repeat the unit
        List<String> words = List.of(what.toLowerCase(Locale.ROOT).split("[^a-z']+"));
        return unit.isEmpty() || words.contains(unit.toLowerCase(Locale.ROOT)) ? what : what + ", " + unit;
    }

    private static boolean isNumber(String s) {
        return !s.isEmpty() && s.chars().allMatch(Character::isDigit);
    }
}
