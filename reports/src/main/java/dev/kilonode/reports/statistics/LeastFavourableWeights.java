package dev.kilonode.reports.statistics;

/**
 * Approximately least favourable weights of the autocorrelations under the null hypothesis, after Elliott, Müller and Watson. If the test
 * compares the likelihood of a change with the likelihood of a level under these weights, its rejection rate stays below the limit for
 * every autocorrelation. Found by simulation; {@code benchmarks/trend-rates.sh critical} generates the tables.
 */
enum LeastFavourableWeights {
    /** For rejection at the false alarm rate {@link Trend#ALPHA}, for all autocorrelations. */
    ALARM(new double[][] {
        {0.000, 0.112, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 1.424},
        {0.008, 0.018, 0.253, 0.001, 0.000, 0.000, 0.000, 0.000, 1.420},
        {0.006, 0.137, 0.001, 0.323, 0.212, 0.000, 0.000, 0.000, 1.161},
        {0.012, 0.159, 0.007, 0.356, 0.149, 0.156, 0.000, 0.000, 0.870},
        {0.022, 0.166, 0.104, 0.270, 0.091, 0.252, 0.056, 0.000, 0.579},
        {0.036, 0.176, 0.116, 0.242, 0.064, 0.203, 0.146, 0.000, 0.370},
        {0.046, 0.171, 0.148, 0.162, 0.168, 0.069, 0.222, 0.002, 0.274},
        {0.054, 0.170, 0.131, 0.169, 0.140, 0.102, 0.155, 0.065, 0.167},
        {0.064, 0.170, 0.143, 0.163, 0.140, 0.097, 0.135, 0.081, 0.129},
    }),

    /**
     * For failed or doubtful results: at the rate {@link #DOUBTFUL} with enough values and moderate autocorrelation, else {@link
     * #GENEROUS}.
     */
    DOUBT(new double[][] {
        {0.000, 0.081, 0.041, 0.000, 0.000, 0.000, 0.000, 0.000, 0.393},
        {0.023, 0.003, 0.107, 0.039, 0.000, 0.000, 0.000, 0.000, 0.292},
        {0.021, 0.026, 0.167, 0.000, 0.000, 0.000, 0.521, 0.000, 0.000},
        {0.026, 0.036, 0.119, 0.084, 0.000, 0.000, 0.400, 0.000, 0.000},
        {0.019, 0.092, 0.028, 0.153, 0.012, 0.000, 0.265, 0.000, 0.012},
        {0.027, 0.080, 0.071, 0.075, 0.089, 0.000, 0.164, 0.000, 0.035},
        {0.028, 0.082, 0.064, 0.072, 0.089, 0.000, 0.134, 0.000, 0.039},
        {0.032, 0.079, 0.066, 0.072, 0.072, 0.025, 0.099, 0.010, 0.032},
        {0.036, 0.075, 0.067, 0.072, 0.064, 0.038, 0.075, 0.020, 0.024},
    });

    /** Autocorrelations that have a weight. */
    static final double[] PHIS = {0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 0.95};

    /** Numbers of values. Weights in between are interpolated in 1/n. A series has at most 199 blocks. */
    static final int[] SIZES = {12, 16, 24, 32, 48, 72, 100, 140, 199};

    /** Probability, in one direction, that a run without a change does not pass. */
    static final double DOUBTFUL = 0.12;

    /**
     * The same with fewer than {@link #ENOUGH} values or an autocorrelation above {@link #MODERATE}, where no test holds both error rates.
     */
    static final double GENEROUS = 0.3;

    static final int ENOUGH = 24;

    static final double MODERATE = 0.8;

    private final double[][] weights;

    LeastFavourableWeights(double[][] weights) {
        this.weights = weights;
    }

    /** @param phi index in {@link #PHIS}. @param n number of values, at least 12 */
    double at(int phi, int n) {
        return interpolated(weights, phi, n);
    }

    /** One column of a table of {@link #SIZES}, interpolated in 1/n. */
    static double interpolated(double[][] table, int column, int n) {
        int row = 1;
        while (row < SIZES.length - 1 && SIZES[row] < n) {
            row++;
        }
        double few = 1.0 / SIZES[row - 1];
        double many = 1.0 / SIZES[row];
        double share = Math.min(1, (few - 1.0 / n) / (few - many));
        return table[row - 1][column] + share * (table[row][column] - table[row - 1][column]);
    }
}
