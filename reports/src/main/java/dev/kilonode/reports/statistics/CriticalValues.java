package dev.kilonode.reports.statistics;

/**
 * Critical values of the {@link ChangeTest} statistic by simulation: the largest over Gaussian AR(1) processes with the autocorrelations of
 * {@link LeastFavourableWeights#PHIS}. Values in between are interpolated, as MacKinnon does for unit root tests. {@code
 * benchmarks/trend-rates.sh critical} generates the tables.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1099-1255(199611)11:6%3C601::AID-JAE417%3E3.0.CO;2-T">MacKinnon 1996</a>
 */
final class CriticalValues {

    /** Probabilities of a larger statistic with a change in the same direction. */
    static final double[] CHANCES = {0.45, 0.3, 0.2, 0.14, 0.1, 0.07, 0.04, 0.025, 0.01, 0.005, 0.001};

    private static final double[][] STATISTICS = {
        {-1.721, -0.963, -0.712, -0.540, -0.396, -0.256, 0.001, 0.415, 1.721, 2.867, 5.882},
        {-1.844, -1.221, -0.866, -0.642, -0.442, -0.262, 0.006, 0.447, 1.464, 2.316, 4.357},
        {-2.177, -1.457, -1.108, -0.837, -0.621, -0.393, 0.003, 0.634, 1.758, 2.535, 4.510},
        {-2.215, -1.584, -1.233, -0.977, -0.743, -0.485, 0.004, 0.760, 2.067, 3.218, 5.781},
        {-2.427, -1.763, -1.385, -1.115, -0.831, -0.524, 0.006, 0.805, 2.347, 3.661, 7.090},
        {-2.502, -1.902, -1.605, -1.286, -0.971, -0.632, 0.004, 0.908, 2.474, 3.799, 7.258},
        {-2.496, -2.023, -1.703, -1.385, -1.038, -0.631, 0.006, 0.804, 2.383, 3.666, 7.101},
        {-2.509, -2.096, -1.743, -1.400, -1.040, -0.668, 0.005, 0.863, 2.511, 3.749, 6.510},
        {-2.706, -2.214, -1.855, -1.491, -1.124, -0.711, 0.012, 0.790, 2.271, 3.436, 6.568},
    };

    private CriticalValues() {}

    /**
     * The p-value of a statistic: log-linear between the simulated values and beyond them, at most 1.
     *
     * @param n number of values, at least 12
     */
    static double pValue(double statistic, int n) {
        int last = CHANCES.length - 1;
        int k = 1;
        while (k < last && at(k, n) < statistic) {
            k++;
        }
        double share = (statistic - at(k - 1, n)) / (at(k, n) - at(k - 1, n));
        double log = StrictMath.log(CHANCES[k - 1]);
        return Math.min(1, StrictMath.exp(log + share * (StrictMath.log(CHANCES[k]) - log)));
    }

    private static double at(int random, int n) {
        return LeastFavourableWeights.interpolated(STATISTICS, random, n);
    }
}
