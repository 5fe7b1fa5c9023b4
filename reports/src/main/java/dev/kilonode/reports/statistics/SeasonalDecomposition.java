package dev.kilonode.reports.statistics;

import java.util.stream.IntStream;

/**
 * Removes periodic variation, such as garbage collection cycles, by classical decomposition: the seasonal component is the mean deviation
 * from the moving average at each position of the period.
 *
 * @see <a href="https://otexts.com/fpp3/classical-decomposition.html">Hyndman and Athanasopoulos, Forecasting: principles and practice,
 *     3.4</a>
 */
final class SeasonalDecomposition {

    /** Fewest periods that a series must contain. */
    private static final int LEAST_PERIODS = 4;

    /** Share of the variance about the moving average that the seasonal component must explain; noise stays far below. */
    private static final double EXPLAINED = 0.9;

    private SeasonalDecomposition() {}

    /** The values without the seasonal component of the shortest sufficient period; unchanged if there is none. */
    static double[] without(double[] values) {
        for (int period = 2; period * LEAST_PERIODS <= values.length; period++) {
            double[] season = season(values, period);
            if (season.length > 0) {
                int p = period;
                return IntStream.range(0, values.length)
                        .mapToDouble(i -> values[i] - season[i % p])
                        .toArray();
            }
        }
        return values;
    }

    /** The seasonal component with mean 0; empty if it explains too little. */
    private static double[] season(double[] values, int period) {
        double[] sum = new double[period];
        int[] count = new int[period];
        double squares = 0;
        int half = period / 2;
        for (int i = half; i + half < values.length; i++) {
            double left = values[i] - movingMean(values, i, period);
            squares += left * left;
            sum[i % period] += left;
            count[i % period]++;
        }
        double explained = 0;
        double mean = 0;
        for (int k = 0; k < period; k++) {
            explained += sum[k] * sum[k] / count[k];
            mean += sum[k] / count[k] / period;
        }
        double middle = mean;
        return squares > 0 && explained >= EXPLAINED * squares
                ? IntStream.range(0, period)
                        .mapToDouble(k -> sum[k] / count[k] - middle)
                        .toArray()
                : new double[0];
    }

    /** The moving average over one period around {@code i}; for an even period the two ends count half. */
    private static double movingMean(double[] values, int i, int period) {
        int half = period / 2;
        double sum = 0;
        for (int j = i - half; j <= i + half; j++) {
            boolean end = period % 2 == 0 && Math.abs(j - i) == half;
            sum += (end ? 0.5 : 1) * values[j];
        }
        return sum / period;
    }
}
