package dev.kilonode.reports.compare;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.statistics.samples.Shift;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * The change of one metric from the base to the new group.
 *
 * @param measure the metric
 * @param base values of the base in order of seed; paired with {@code fresh} if the comparison is paired
 * @param fresh values of the new group
 * @param lacksBase number of base runs without a value
 * @param lacksNew number of new runs without a value
 * @param shift new minus base, in the metric's unit; null if a side has no value
 * @param p p-value of the rank test; null if there was none
 * @param adjusted p after Holm's correction within the tier, to compare with {@link Comparison#LEVEL}; null if there was no test
 * @param delta Cliff's delta; null if a side has no value
 * @param finding classification of the effect
 * @param words the finding in words
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

    /** Median of the base; null if it has no values. */
    public @Nullable Double baseMedian() {
        return base.length == 0 ? null : Median.withDefaults().withCopy(true).evaluate(base);
    }

    /** Median of the new group; null if it has no values. */
    public @Nullable Double freshMedian() {
        return fresh.length == 0 ? null : Median.withDefaults().withCopy(true).evaluate(fresh);
    }

    /** A change relative to the base's median, at least -1, as metrics are not negative; null if the median is missing or zero. */
    public @Nullable Double share(double change) {
        Double median = baseMedian();
        if (median == null || median == 0) {
            return null;
        }
        double share = change / Math.abs(median);
        return Double.isFinite(share) ? Math.max(-1, share) : null;
    }

    /** The shift as text: {@code +21 %}, {@code from 0 to 0.3 %}, {@code none}. */
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

    /** The confidence interval of the shift: {@code +18 % to +24 %}; empty if there is none. */
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
