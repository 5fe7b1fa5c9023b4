package dev.kilonode.reports.statistics;

import java.util.stream.IntStream;

/**
 * What comes again and again, such as a memory that fills and is emptied: classical decomposition, the mean at each place of a period of what is
 * left about the moving mean over one period.
 *
 * @see <a href="https://otexts.com/fpp3/classical-decomposition.html">Hyndman and Athanasopoulos, Forecasting: principles and practice, 3.4</a>
 */
final class SeasonalDecomposition {

    /** Periods that a course must show. */
    private static final int LEAST_PERIODS = 4;

    /** Share of the squares about the moving mean that a period explains; noise comes nowhere near. */
    private static final double EXPLAINED = 0.9;

    private SeasonalDecomposition() {}

    /** The values without what the shortest such period explains; as they are if there is none. */
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

    /** Mean 0; empty when the period explains too little. */
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

    /** Over one period about {@code i}; of an even one, half of either end. */
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
