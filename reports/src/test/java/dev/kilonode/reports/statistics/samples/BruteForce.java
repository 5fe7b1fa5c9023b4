package dev.kilonode.reports.statistics.samples;

/** The tests by their definition: every way to deal the ranks out, one by one. For small samples. */
final class BruteForce {

    private BruteForce() {}

    static double mannWhitney(double[] x, double[] y) {
        double[] all = Ranks.joined(x, y);
        double middle = y.length * (all.length + 1) / 2.0;
        double seen = 0;
        for (int i = x.length; i < all.length; i++) {
            seen += rank(all, all[i]);
        }
        int ways = 0;
        int asFar = 0;
        for (int chosen = 0; chosen < 1 << all.length; chosen++) {
            if (Integer.bitCount(chosen) == y.length) {
                double sum = 0;
                for (int i = 0; i < all.length; i++) {
                    sum += (chosen >> i & 1) * rank(all, all[i]);
                }
                ways++;
                asFar += Math.abs(sum - middle) >= Math.abs(seen - middle) - 1e-9 ? 1 : 0;
            }
        }
        return (double) asFar / ways;
    }

    static double signedRank(double[] d) {
        double[] sizes = java.util.Arrays.stream(d).map(Math::abs).toArray();
        double seen = 0;
        double total = 0;
        for (int i = 0; i < d.length; i++) {
            double rank = d[i] == 0 ? 0 : rank(sizes, sizes[i]);
            total += rank;
            seen += d[i] > 0 ? rank : 0;
        }
        int asFar = 0;
        for (int signs = 0; signs < 1 << d.length; signs++) {
            double sum = 0;
            for (int i = 0; i < d.length; i++) {
                sum += d[i] == 0 ? 0 : (signs >> i & 1) * rank(sizes, sizes[i]);
            }
            asFar += Math.abs(sum - total / 2) >= Math.abs(seen - total / 2) - 1e-9 ? 1 : 0;
        }
        return (double) asFar / (1 << d.length);
    }

    private static double rank(double[] all, double value) {
        double rank = 0.5;
        for (double other : all) {
            rank += other < value ? 1 : other == value ? 0.5 : 0;
        }
        return rank;
    }
}
