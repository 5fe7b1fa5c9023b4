package dev.kilonode.reports.statistics;

/** How much neighbouring values hang together, and what that takes from a rank test. */
public final class Autocorrelation {

    /** Beyond this the rest of a run is one long swing, of which no length tells anything. */
    private static final double MOST = 0.98;

    private Autocorrelation() {}

    /** Correlation of each value with the next, in [-1, 1]; 0 for fewer than three values or equal ones. */
    public static double lag1(double[] values) {
        if (values.length < 3) {
            return 0;
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double all = 0;
        double neighbours = 0;
        for (int i = 0; i < values.length; i++) {
            all += (values[i] - mean) * (values[i] - mean);
            if (i > 0) {
                neighbours += (values[i] - mean) * (values[i - 1] - mean);
            }
        }
        return all > 0 ? Math.max(-1, Math.min(1, neighbours / all)) : 0;
    }

    /**
     * What {@link #lag1} of residuals stands for: a fit with a slope takes some of the swing with it, by about
     * {@code (2 + 4 lag1) / n}. In [0, 0.98]; what alternates counts as independent.
     */
    static double unbiased(double lag1, int n) {
        return n <= 4 ? MOST : Math.max(0, Math.min(MOST, (n * lag1 + 2) / (n - 4)));
    }

    /**
     * By how much the variance of Mann and Kendall's S grows when windows are an autoregression of first order, and blocks are means
     * of them.
     *
     * @param lag1 of neighbouring windows, in [0, 1)
     * @param windows number of windows
     * @param blocks number of blocks tested, at least 3, at most {@code windows}
     * @return 1 or more
     * @see <a href="https://doi.org/10.1016/S0022-1694(97)00125-X">Hamed and Rao 1998</a>
     */
    public static double varianceFactor(double lag1, int windows, int blocks) {
        double perBlock = windows / (double) blocks;
        double first = ofMeans(lag1, perBlock);
        double decay = StrictMath.pow(lag1, perBlock);
        double sum = 0;
        double correlation = first;
        for (int k = 1; k < blocks; k++) {
            sum += (blocks - k) * (blocks - k - 1.0) * (blocks - k - 2.0) * correlation;
            correlation *= decay;
        }
        return 1 + 2 * sum / (blocks * (blocks - 1.0) * (blocks - 2.0));
    }

    /** Correlation of the means of two neighbouring blocks. */
    private static double ofMeans(double lag1, double perBlock) {
        if (perBlock <= 1 || lag1 <= 0) {
            return Math.max(0, lag1);
        }
        double within = perBlock;
        double power = 1;
        for (int j = 1; j < perBlock; j++) {
            power *= lag1;
            within += 2 * (perBlock - j) * power;
        }
        double reach = (1 - StrictMath.pow(lag1, perBlock)) / (1 - lag1);
        return lag1 * reach * reach / within;
    }
}
