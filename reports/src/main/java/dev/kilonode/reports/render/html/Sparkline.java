package dev.kilonode.reports.render.html;

import dev.kilonode.reports.model.ChartSeries;
import java.util.Locale;

/** A tiny line without axes, as SVG; needs no script. */
final class Sparkline {

    private static final int WIDTH = 200;
    private static final int HEIGHT = 30;
    private static final int MOST_POINTS = 120;

    private Sparkline() {}

    static String svg(ChartSeries course, String label, long durationMs) {
        if (course.size() < 2) {
            return "";
        }
        ChartSeries points = course.thinned(MOST_POINTS);
        double max = points.max() == 0 ? 1 : points.max();
        var path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            double x = 1.0 + (WIDTH - 2.0) * points.atMs(i) / durationMs;
            double y = HEIGHT - 1.5 - (HEIGHT - 3.0) * points.value()[i] / max;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
        }
        return "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\""
                + Html.text(label) + " over the run\"><path d=\"" + path
                + "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" vector-effect=\"non-scaling-stroke\"/></svg>";
    }
}
