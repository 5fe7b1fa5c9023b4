package dev.kilonode.reports.render.html;

import dev.kilonode.reports.model.ChartSeries;
import java.util.Locale;

/** A small line without axes, of 200 by 30 units. */
final class Sparkline {

    private static final int WIDTH = 200;
    private static final int HEIGHT = 30;
    private static final int MOST_POINTS = 120;

    private Sparkline() {}

    /** The path of the line, as SVG writes it; empty with fewer than two points. */
    static String path(ChartSeries series, long durationMs) {
        if (series.size() < 2) {
            return "";
        }
        ChartSeries points = series.thinned(MOST_POINTS);
        double max = points.max() == 0 ? 1 : points.max();
        var path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            double x = 1.0 + (WIDTH - 2.0) * points.atMs(i) / durationMs;
            double y = HEIGHT - 1.5 - (HEIGHT - 3.0) * points.value()[i] / max;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
        }
        return path.toString();
    }
}
