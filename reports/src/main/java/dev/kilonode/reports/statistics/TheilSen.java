package dev.kilonode.reports.statistics;

import org.apache.commons.statistics.descriptive.Median;

/**
 * The line whose slope is the median of the slopes between all pairs of points; up to 29 % of the points may lie anywhere.
 *
 * @param slope change of y per unit of x
 * @param intercept median of y minus slope times median of x, after Conover
 * @see <a href="https://doi.org/10.1080/01621459.1968.10480934">Sen 1968</a>
 */
public record TheilSen(double slope, double intercept) {

    /**
     * @param x finite, in ascending order; equal ones make no pair
     * @param y finite, as many
     * @return a flat line when no two x differ
     * @throws IllegalArgumentException if there is no point, or not as many x as y
     */
    public static TheilSen of(double[] x, double[] y) {
        if (x.length != y.length || x.length == 0) {
            throw new IllegalArgumentException(
                    "got " + x.length + " x and " + y.length + " y, expected as many, and at least one");
        }
        double[] slopes = new double[x.length * (x.length - 1) / 2];
        int n = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                if (x[j] != x[i]) {
                    slopes[n++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
        }
        double slope = n == 0 ? 0 : Median.withDefaults().evaluate(java.util.Arrays.copyOf(slopes, n));
        return new TheilSen(
                slope,
                Median.withDefaults().evaluate(y.clone())
                        - slope * Median.withDefaults().evaluate(x.clone()));
    }

    /** The line at {@code x}. */
    public double at(double x) {
        return intercept + slope * x;
    }
}
