package dev.kilonode.reports.statistics.samples;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The Hodges-Lehmann estimate of the shift of the second sample against the first: the median of all pairwise differences, or of all Walsh
 * averages of paired differences. The confidence interval holds the shifts that the rank test does not reject.
 *
 * @param estimate the shift, in the values' unit
 * @param low lower end of the interval
 * @param high upper end
 * @param confidence actual confidence level of the interval, in [0, 1): at least the requested one, unless the sample is so small that even
 *     the whole range of differences has less
 * @see <a href="https://doi.org/10.1214/aoms/1177704172">Hodges and Lehmann 1963</a>
 */
public record Shift(double estimate, double low, double high, double confidence) {

    /** 97.5 % quantile of the normal distribution, for the 95 % intervals of large samples. */
    private static final double Z = 1.959963984540054;

    private static final double TAIL = 0.025;

    /**
     * The shift between independent samples, with a 95 % interval.
     *
     * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
     */
    public static Shift between(double[] first, double[] second) {
        double[] x = Ranks.checked("first", first);
        double[] y = Ranks.checked("second", second);
        double[] differences = new double[x.length * y.length];
        int n = 0;
        for (double a : x) {
            for (double b : y) {
                differences[n++] = b - a;
            }
        }
        int runs = x.length + y.length;
        double pairs = differences.length;
        if (runs > Permutations.MOST_RUNS) {
            return approximate(differences, StrictMath.sqrt(pairs * (runs + 1) / 12));
        }
        double[] sums = Permutations.ofSubsets(Permutations.upTo(runs), y.length);
        int least = y.length * (y.length + 1) / 2; // the sum at which U is 0
        return exact(differences, Arrays.copyOfRange(sums, least, sums.length));
    }

    /**
     * The shift of paired differences, second minus first, with a 95 % interval.
     *
     * @throws IllegalArgumentException if there is no difference, or one that is not finite
     */
    public static Shift of(double[] differences) {
        double[] d = Ranks.checked("differences", differences);
        double[] means = new double[d.length * (d.length + 1) / 2];
        int n = 0;
        for (int i = 0; i < d.length; i++) {
            for (int j = i; j < d.length; j++) {
                means[n++] = d[i] / 2 + d[j] / 2;
            }
        }
        if (d.length > Permutations.MOST_RUNS) {
            return approximate(means, StrictMath.sqrt(means.length * (2.0 * d.length + 1) / 12));
        }
        return exact(means, Permutations.ofSigns(Permutations.upTo(d.length)));
    }

    /** @param distribution distribution of the number of positive differences under the null hypothesis, from 0 */
    private static Shift exact(double[] differences, double[] distribution) {
        int cut = 1;
        double tail = distribution[0];
        while (cut < distribution.length && tail + distribution[cut] <= TAIL) {
            tail += distribution[cut++];
        }
        return cut(differences, cut, Math.max(0, 1 - 2 * tail));
    }

    private static Shift approximate(double[] differences, double deviation) {
        int cut = (int) Math.max(1, Math.floor(differences.length / 2.0 - Z * deviation));
        return cut(differences, cut, 1 - 2 * TAIL);
    }

    private static Shift cut(double[] differences, int cut, double confidence) {
        Arrays.sort(differences);
        int at = Math.min(cut, (differences.length + 1) / 2);
        return new Shift(
                Median.withDefaults().withCopy(true).evaluate(differences),
                differences[at - 1],
                differences[differences.length - at],
                confidence);
    }
}
