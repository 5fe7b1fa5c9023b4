package dev.kilonode.reports.statistics;

/**
 * The rank test for one break in the level. It sees a network that dies at one time, which a test for a steady trend misses now and then
 * however deep the break is.
 *
 * @param k largest difference between pairs across a place that fall and that rise
 * @param index first value after the break
 * @param n number of values
 * @param varianceFactor 1 for independent values
 * @see <a href="https://doi.org/10.2307/2346729">Pettitt 1979</a>
 */
public record Pettitt(long k, int index, int n, double varianceFactor) {

    /** @param values finite, in order of time */
    public static Pettitt of(double[] values) {
        long most = 0;
        int index = 0;
        long u = 0;
        for (int t = 0; t + 1 < values.length; t++) {
            for (double other : values) {
                u += values[t] > other ? 1 : values[t] < other ? -1 : 0;
            }
            if (Math.abs(u) > most) {
                most = Math.abs(u);
                index = t + 1;
            }
        }
        return new Pettitt(most, index, values.length, 1);
    }

    /** The same when values hang together, so that they tell less than as many independent ones. */
    public Pettitt withVarianceTimes(double factor) {
        return new Pettitt(k, index, n, varianceFactor * factor);
    }

    /** How likely a break at least as clear is without one, approximately; in [0, 1]. */
    public double pValue() {
        double cube = (double) n * n * n + (double) n * n;
        return n == 0 ? 1 : Math.min(1, 2 * StrictMath.exp(-6.0 * k * k / cube / varianceFactor));
    }
}
