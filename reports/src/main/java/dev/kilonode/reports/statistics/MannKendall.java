package dev.kilonode.reports.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The rank test for a trend: how many pairs rise rather than fall, and how unlikely that is without a trend. Normal approximation with
 * continuity correction, which is good from ten values on.
 *
 * @param s pairs that rise minus pairs that fall
 * @param variance of s when there is no trend, with ties taken into account; 0 when all values are equal
 * @see <a href="https://doi.org/10.2307/1907187">Mann 1945</a>
 */
public record MannKendall(long s, double variance) {

    /** @param values finite, in order of time */
    public static MannKendall of(double[] values) {
        long s = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                s += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
            }
        }
        return new MannKendall(s, (pairs(values.length) - ties(values)) / 18);
    }

    /** The same when values hang together, so that they tell less than as many independent ones. */
    public MannKendall withVarianceTimes(double factor) {
        return new MannKendall(s, variance * factor);
    }

    /** Standard score; 0 when all values are equal. */
    public double z() {
        return s == 0 || variance <= 0 ? 0 : (s - Math.signum((double) s)) / Math.sqrt(variance);
    }

    /** How likely a trend at least as clear, either way, is without one; in [0, 1], and 1 when all values are equal. */
    public double pValue() {
        return Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z())));
    }

    private static double ties(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int run = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                run++;
            } else {
                sum += pairs(run);
                run = 1;
            }
        }
        return sum;
    }

    private static double pairs(double n) {
        return n * (n - 1) * (2 * n + 5);
    }
}
