package dev.kilonode.reports.render.html;

import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Effect;
import dev.kilonode.reports.compare.Measure;
import dev.kilonode.reports.statistics.samples.Shift;
import java.util.ArrayList;
import java.util.Locale;

/** Effects with their intervals as shares of the base, all on one axis: one small drawing a row. */
final class ForestPlot {

    private static final double LEAST_REACH = 0.05;
    private static final double MOST_REACH = 2;
    private static final double SPARE = 1.1;
    private static final double WIDTH = 200;
    private static final double MIDDLE = 13;

    private final double reach;
    private final double limit;

    private ForestPlot(double reach, double limit) {
        this.reach = reach;
        this.limit = limit;
    }

    /** An axis that holds the limit and what was judged; what lies further out is drawn as an arrow at its end. */
    static ForestPlot of(Comparison comparison) {
        double most = Math.max(LEAST_REACH, 1.5 * comparison.limit());
        for (Effect e : comparison.effects()) {
            Shift shift = e.shift();
            if (e.measure().tier() != Measure.Tier.CONTEXT && shift != null) {
                for (double end : new double[] {shift.low(), shift.high()}) {
                    Double share = e.share(end);
                    most = share == null ? most : Math.max(most, Math.abs(share));
                }
            }
        }
        return new ForestPlot(Math.min(MOST_REACH, most * SPARE), comparison.limit());
    }

    /** What the ends of the axis say. */
    String end() {
        return Math.round(reach * 100) + " %";
    }

    /** The drawing of one row; empty if the change is no share of anything. */
    String svg(Effect effect) {
        Shift shift = effect.shift();
        Double estimate = shift == null ? null : effect.share(shift.estimate());
        Double low = shift == null ? null : effect.share(shift.low());
        Double high = shift == null ? null : effect.share(shift.high());
        if (estimate == null || low == null || high == null) {
            return "";
        }
        var parts = new ArrayList<String>();
        parts.add(vertical("zero", 0));
        if (limit > 0 && limit < reach) {
            parts.add(vertical("limit", limit));
            parts.add(vertical("limit", -limit));
        }
        if (low <= reach && high >= -reach) {
            parts.add("<line class=\"interval\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(number(x(low)), number(x(high)), number(MIDDLE), number(MIDDLE)));
        }
        arrow(low < -reach, -1, parts);
        arrow(high > reach, 1, parts);
        if (Math.abs(estimate) <= reach) {
            parts.add("<rect class=\"estimate\" x=\"%s\" y=\"%s\" width=\"7\" height=\"7\"/>"
                    .formatted(number(x(estimate) - 3.5), number(MIDDLE - 3.5)));
        }
        return "<svg viewBox=\"0 0 %d 26\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">%s</svg>"
                .formatted(
                        (int) WIDTH,
                        Html.text(effect.changeWords() + ", interval " + effect.intervalWords()),
                        String.join("", parts));
    }

    private void arrow(boolean beyond, int side, ArrayList<String> parts) {
        if (beyond) {
            double tip = x(side * reach);
            double foot = tip - side * 8;
            parts.add("<path class=\"estimate\" d=\"M%s %sL%s %sL%s %sZ\"/>"
                    .formatted(
                            number(tip),
                            number(MIDDLE),
                            number(foot),
                            number(MIDDLE - 5),
                            number(foot),
                            number(MIDDLE + 5)));
        }
    }

    private String vertical(String kind, double share) {
        return "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"0\" y2=\"26\"/>"
                .formatted(kind, number(x(share)), number(x(share)));
    }

    private double x(double share) {
        return WIDTH / 2 * (1 + Math.max(-reach, Math.min(reach, share)) / reach);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
