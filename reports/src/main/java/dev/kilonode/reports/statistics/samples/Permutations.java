package dev.kilonode.reports.statistics.samples;

/**
 * Exact permutation distributions of rank sums under the null hypothesis, as arrays by sum from 0; each adds up to 1. A double holds the
 * counts without overflow far beyond the sizes used here.
 */
final class Permutations {

    /** Most values of both sides together for the exact distribution; above, the normal approximation is as good. */
    static final int MOST_RUNS = 100;

    private Permutations() {}

    /** Distribution of the sum of {@code size} of the {@code ranks}, all subsets equally likely. */
    static double[] ofSubsets(int[] ranks, int size) {
        int most = 0;
        for (int rank : ranks) {
            most += rank;
        }
        double[][] ways = new double[size + 1][most + 1];
        ways[0][0] = 1;
        for (int i = 0; i < ranks.length; i++) {
            for (int k = Math.min(size, i + 1); k >= 1; k--) {
                for (int sum = most; sum >= ranks[i]; sum--) {
                    ways[k][sum] += ways[k - 1][sum - ranks[i]];
                }
            }
        }
        return shares(ways[size]);
    }

    /** Distribution of the sum of the {@code ranks} with a positive sign, all signs equally likely. */
    static double[] ofSigns(int[] ranks) {
        int most = 0;
        for (int rank : ranks) {
            most += rank;
        }
        double[] share = new double[most + 1];
        share[0] = 1;
        for (int rank : ranks) {
            for (int sum = most; sum >= 0; sum--) {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
            }
        }
        return share;
    }

    /** Probability of a sum at least as far from the mean as {@code sum}. */
    static double asFar(double[] distribution, int sum) {
        double mean = 0;
        for (int s = 0; s < distribution.length; s++) {
            mean += s * distribution[s];
        }
        double distance = Math.abs(sum - mean) - 1e-7; // sums are whole numbers; their mean has a rounding error
        double p = 0;
        for (int s = 0; s < distribution.length; s++) {
            if (Math.abs(s - mean) >= distance) {
                p += distribution[s];
            }
        }
        return Math.min(1, p);
    }

    /** 1, 2, 3 up to {@code n}. */
    static int[] upTo(int n) {
        int[] ranks = new int[n];
        for (int i = 0; i < n; i++) {
            ranks[i] = i + 1;
        }
        return ranks;
    }

    private static double[] shares(double[] ways) {
        double all = 0;
        for (double count : ways) {
            all += count;
        }
        for (int i = 0; i < ways.length; i++) {
            ways[i] /= all;
        }
        return ways;
    }
}
