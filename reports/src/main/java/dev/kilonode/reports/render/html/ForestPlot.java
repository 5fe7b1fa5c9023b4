package dev.kilonode.reports.render.html;

import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Effect;
import dev.kilonode.reports.compare.Measure;
import dev.kilonode.reports.statistics.samples.Shift;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws effects with their confidence intervals, relative to the base, on a common axis: one small drawing per row. */
final class ForestPlot {

    private static final double LEAST_REACH = 0.05;
    private static final double MOST_REACH = 2;
    private static final double SPARE = 1.1;
    private static final double WIDTH = 200;
    private static final double MIDDLE = 13;

    /**
     * One row, of 200 by 26 units.
     *
     * @param label     what the row says, for people who do not see it
     * @param lines     zero, the limits, and the interval
     * @param arrows    where the interval goes beyond the axis, as SVG writes a path
     * @param estimateX left edge of the square; null if it lies beyond the axis
     * @param estimateY its upper edge
     */
    record Row(
            String label,
            List<Line> lines,
            List<String> arrows,
            @Nullable String estimateX,
            String estimateY) {}

    /** A line and its style class. */
    record Line(String kind, String x1, String x2, String y1, String y2) {}

    private final double reach;
    private final double limit;

    private ForestPlot(double reach, double limit) {
        this.reach = reach;
        this.limit = limit;
    }

    /** A plot whose axis covers the limit and all judged effects. Arrows mark what lies beyond the axis. */
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

    /** Label of the ends of the axis. */
    String end() {
        return Math.round(reach * 100) + " %";
    }

    /** The drawing of one row; null if the change has no relative size. */
    @Nullable
    Row row(Effect effect) {
        Shift shift = effect.shift();
        Double estimate = shift == null ? null : effect.share(shift.estimate());
        Double low = shift == null ? null : effect.share(shift.low());
        Double high = shift == null ? null : effect.share(shift.high());
        if (estimate == null || low == null || high == null) {
            return null;
        }
        var lines = new ArrayList<Line>();
        lines.add(vertical("zero", 0));
        if (limit > 0 && limit < reach) {
            lines.add(vertical("limit", limit));
            lines.add(vertical("limit", -limit));
        }
        if (low <= reach && high >= -reach) {
            lines.add(new Line("interval", number(x(low)), number(x(high)), number(MIDDLE), number(MIDDLE)));
        }
        var arrows = new ArrayList<String>();
        if (low < -reach) {
            arrows.add(arrow(-1));
        }
        if (high > reach) {
            arrows.add(arrow(1));
        }
        return new Row(
                effect.changeWords() + ", interval " + effect.intervalWords(),
                lines,
                arrows,
                Math.abs(estimate) <= reach ? number(x(estimate) - 3.5) : null,
                number(MIDDLE - 3.5));
    }

    private String arrow(int side) {
        double tip = x(side * reach);
        double foot = tip - side * 8;
        return "M%s %sL%s %sL%s %sZ"
                .formatted(
                        number(tip),
                        number(MIDDLE),
                        number(foot),
                        number(MIDDLE - 5),
                        number(foot),
                        number(MIDDLE + 5));
    }

    private Line vertical(String kind, double share) {
        return new Line(kind, number(x(share)), number(x(share)), "0", "26");
    }

    private double x(double share) {
        return WIDTH / 2 * (1 + Math.max(-reach, Math.min(reach, share)) / reach);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
