package dev.kilonode.reports.statistics;

/**
 * How large the statistic of a {@link ChangeTest} becomes without a change: critical values by simulation, of Gaussian autoregressions with ten
 * autocorrelations from 0 to 0.95, of which the largest counts. Between them they are interpolated, as MacKinnon does for tests of unit roots.
 * {@code benchmarks/trend-rates.sh critical} makes them.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1099-1255(199611)11:6%3C601::AID-JAE417%3E3.0.CO;2-T">MacKinnon 1996</a>
 */
final class CriticalValues {

    /** Chances of a larger statistic with a change in the same direction. */
    static final double[] CHANCES = {0.3, 0.2, 0.14, 0.1, 0.07, 0.04, 0.025, 0.01, 0.005, 0.001};

    /** Numbers of values; beyond the last one little changes. */
    static final int[] SIZES = {12, 16, 24, 48, 100};

    private static final double[][] STATISTICS = {
        {-0.13, 0.12, 0.28, 0.52, 0.80, 1.19, 1.52, 2.16, 2.85, 4.96},
        {-0.23, -0.04, 0.16, 0.56, 0.94, 1.41, 1.79, 2.51, 3.09, 4.87},
        {-0.56, -0.31, 0.03, 0.57, 1.05, 1.66, 2.08, 2.99, 3.76, 5.37},
        {-0.90, -0.55, -0.16, 0.25, 0.71, 1.47, 2.11, 3.31, 4.19, 6.44},
        {-1.07, -0.71, -0.33, 0.07, 0.60, 1.34, 2.07, 3.55, 4.75, 7.60},
    };

    private CriticalValues() {}

    /**
     * The chance of at least such a statistic: log-linear between the simulated ones and beyond them, at most 1.
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

    /** The critical value of a chance, interpolated in 1/n. */
    private static double at(int chance, int n) {
        int row = 1;
        while (row < SIZES.length - 1 && SIZES[row] < n) {
            row++;
        }
        double few = 1.0 / SIZES[row - 1];
        double many = 1.0 / SIZES[row];
        double share = Math.min(1, (few - 1.0 / n) / (few - many));
        return STATISTICS[row - 1][chance] + share * (STATISTICS[row][chance] - STATISTICS[row - 1][chance]);
    }
}
