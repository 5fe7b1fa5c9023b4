package dev.kilonode.reports.statistics.samples;

/**
 * Exact distributions of rank sums when nothing differs, over all ways to deal the ranks out. Arrays by sum, from 0; each adds up to 1.
 * Doubles hold the counts without overflow up to some thousand bits, far beyond the sizes that are dealt out here.
 */
final class Permutations {

    /** Runs of both sides together up to which all ways are counted; beyond, the normal distribution is as good. */
    static final int MOST_RUNS = 100;

    private Permutations() {}

    /** Of the sum of {@code size} of the {@code ranks}, each choice being as likely as another. */
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

    /** Of the sum of those {@code ranks} that fall to the one side, each by the toss of a coin. */
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

    /** How likely a sum is at least as far from the expected one as {@code sum} is. */
    static double asFar(double[] distribution, int sum) {
        double mean = 0;
        for (int s = 0; s < distribution.length; s++) {
            mean += s * distribution[s];
        }
        double distance = Math.abs(sum - mean) - 1e-7; // sums are whole; their mean is known to rounding only
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
