package dev.kilonode.reports.statistics.samples;

import java.util.Arrays;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * The two-sided Wilcoxon signed-rank test of paired differences. Zeros are ranked and then dropped (Pratt). Exact up to 100 pairs. With
 * ties or zeros the exact distribution is that over all signs of the remaining ranks, which commons-statistics does not compute. Above 100
 * pairs it is the normal approximation.
 *
 * @param v sum of the ranks of the positive differences
 * @param p probability of a {@code v} at least as far from its mean under the null hypothesis, in (0, 1]; 1 if all differences are zero
 * @param exact whether {@code p} is exact
 * @see <a href="https://doi.org/10.1080/01621459.1959.10501526">Pratt 1959</a>
 */
public record SignedRank(double v, double p, boolean exact) {

    /** @throws IllegalArgumentException if there is no difference, or one that is not finite */
    public static SignedRank test(double[] differences) {
        double[] d = Ranks.checked("differences", differences);
        double[] sizes = Arrays.stream(d).map(Math::abs).toArray();
        int[] ranks = Ranks.doubled(sizes);
        int[] left = new int[d.length];
        int n = 0;
        int sum = 0;
        for (int i = 0; i < d.length; i++) {
            if (d[i] != 0) {
                left[n++] = ranks[i];
                sum += d[i] > 0 ? ranks[i] : 0;
            }
        }
        double v = sum / 2.0;
        if (n == 0) {
            return new SignedRank(0, 1, true);
        }
        if (d.length > Permutations.MOST_RUNS) {
            return new SignedRank(v, library(d, PValueMethod.ASYMPTOTIC), false);
        }
        double p = n < d.length || Ranks.tied(sizes)
                ? Permutations.asFar(Permutations.ofSigns(Arrays.copyOf(left, n)), sum)
                : library(d, PValueMethod.EXACT);
        return new SignedRank(v, p, true);
    }

    /** The smallest p that this number of pairs can have: all differences have the same sign. */
    public static double leastP(int pairs) {
        return StrictMath.pow(2, 1 - pairs);
    }

    private static double library(double[] d, PValueMethod method) {
        return WilcoxonSignedRankTest.withDefaults().with(method).test(d).getPValue();
    }
}
