package dev.kilonode.junit;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Median;

/**
 * How a series of windows changes from its first quarter to its last, by their medians, so that a few odd windows do not count. No
 * test of significance: a trend check in the scenario has one.
 *
 * @param windows how many windows have a value
 * @param first   median of the first quarter; NaN if there are too few windows
 * @param last    median of the last quarter; NaN likewise
 */
record Growth(int windows, double first, double last) {

    /** Three in each quarter: with fewer the median is no better than a single window. */
    static final int FEWEST_WINDOWS = 12;

    static Growth of(double[] values) {
        int quarter = values.length / 4;
        if (values.length < FEWEST_WINDOWS) return new Growth(values.length, Double.NaN, Double.NaN);
        return new Growth(
                values.length,
                Median.withDefaults().evaluate(Arrays.copyOfRange(values, 0, quarter)),
                Median.withDefaults().evaluate(Arrays.copyOfRange(values, values.length - quarter, values.length)));
    }

    boolean known() {
        return first > 0 && Double.isFinite(last);
    }

    /** 0.1 for a last quarter a tenth above the first; negative if it is below. */
    double ratio() {
        return last / first - 1;
    }
}
