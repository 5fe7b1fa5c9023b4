package dev.kilonode.reports.statistics.samples;

import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sided Mann-Whitney test of two independent samples. Exact up to 100 values. With ties the exact distribution is that over all
 * permutations of the tied ranks, which commons-statistics does not compute. Above 100 values it is the normal approximation with
 * corrections for ties and continuity.
 *
 * @param u number of pairs in which the second sample's value is larger; ties count half
 * @param p probability of a {@code u} at least as far from its mean under the null hypothesis, in (0, 1]
 * @param exact whether {@code p} is exact
 * @see <a href="https://doi.org/10.1214/aoms/1177730491">Mann and Whitney 1947</a>
 */
public record MannWhitney(double u, double p, boolean exact) {

    /** @throws IllegalArgumentException if a sample is empty or holds a value that is not finite */
    public static MannWhitney test(double[] first, double[] second) {
        double[] x = Ranks.checked("first", first);
        double[] y = Ranks.checked("second", second);
        double[] all = Ranks.joined(x, y);
        int[] ranks = Ranks.doubled(all);
        int sum = 0;
        for (int i = x.length; i < all.length; i++) {
            sum += ranks[i];
        }
        double u = (sum - y.length * (y.length + 1)) / 2.0;
        if (all.length > Permutations.MOST_RUNS) {
            return new MannWhitney(u, library(x, y, PValueMethod.ASYMPTOTIC), false);
        }
        double p = Ranks.tied(all)
                ? Permutations.asFar(Permutations.ofSubsets(ranks, y.length), sum)
                : library(x, y, PValueMethod.EXACT);
        return new MannWhitney(u, p, true);
    }

    /** The smallest p that samples of these sizes can have: two of all combinations are the extreme ones. */
    public static double leastP(int first, int second) {
        double ways = 1;
        for (int i = 1; i <= Math.min(first, second); i++) {
            ways = ways * (first + second + 1 - i) / i;
        }
        return Math.min(1, 2 / ways);
    }

    private static double library(double[] x, double[] y, PValueMethod method) {
        return MannWhitneyUTest.withDefaults().with(method).test(x, y).getPValue();
    }
}
