package dev.kilonode.reports.compare;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.statistics.samples.Shift;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * What became of one measure from the base to the new side.
 *
 * @param measure   which
 * @param base      the values compared, in order of seed; paired with {@code fresh} if the comparison is paired
 * @param fresh     likewise of the new side
 * @param lacksBase runs of the base that have no such value
 * @param lacksNew  runs of the new side that have none
 * @param shift     new less base, in the measure's unit; null if a side has no value
 * @param p         of the rank test; null if none was made
 * @param adjusted  p after Holm within its tier, to be held against {@link Comparison#LEVEL}; null if none was made
 * @param delta     Cliff's delta; null if a side has no value
 * @param finding   what it comes to
 * @param words     the same in words
 */
public record Effect(
        Measure measure,
        double[] base,
        double[] fresh,
        int lacksBase,
        int lacksNew,
        @Nullable Shift shift,
        @Nullable Double p,
        @Nullable Double adjusted,
        @Nullable Double delta,
        Finding finding,
        String words) {

    /** Median of the base; null if it has no value. */
    public @Nullable Double baseMedian() {
        return base.length == 0 ? null : Median.withDefaults().withCopy(true).evaluate(base);
    }

    /** Median of the new side; null if it has no value. */
    public @Nullable Double freshMedian() {
        return fresh.length == 0 ? null : Median.withDefaults().withCopy(true).evaluate(fresh);
    }

    /**
     * A change as a share of the base's median, no less than -1 because no measure is negative and a fall by more than the median is all of it;
     * null if there is no median, or if it is zero: then no share says anything.
     */
    public @Nullable Double share(double change) {
        Double median = baseMedian();
        if (median == null || median == 0) {
            return null;
        }
        double share = change / Math.abs(median);
        return Double.isFinite(share) ? Math.max(-1, share) : null;
    }

    /** The shift as people read it: {@code +21 %}, {@code from 0 to 0.3 %}, {@code none}. */
    public String changeWords() {
        if (shift == null) {
            return "no data";
        }
        if (shift.estimate() == 0) {
            return "none";
        }
        Double share = share(shift.estimate());
        return share == null ? "from 0, " + measure.change(shift.estimate()) : signedPercent(share);
    }

    /** The shift's interval: {@code +18 % to +24 %}; empty if there is none. */
    public String intervalWords() {
        if (shift == null || base.length < 2 || fresh.length < 2 || (shift.low() == 0 && shift.high() == 0)) {
            return "";
        }
        Double low = share(shift.low());
        Double high = share(shift.high());
        return low == null || high == null
                ? measure.change(shift.low()) + " to " + measure.change(shift.high())
                : signedPercent(low) + " to " + signedPercent(high);
    }

    static String signedPercent(double share) {
        double percent = Math.abs(share) * 100;
        String sign = share > 0 ? "+" : "-";
        if (percent == 0) {
            return "0 %";
        }
        if (percent < 0.05) {
            return "<" + sign + "0.1 %";
        }
        return sign
                + (percent >= 1000
                        ? "×" + Format.number(1 + share)
                        : String.format(java.util.Locale.ROOT, percent < 9.95 ? "%.1f %%" : "%.0f %%", percent));
    }
}
