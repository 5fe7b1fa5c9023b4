package dev.kilonode.reports.statistics.samples;

/**
 * Cliff's delta: the share of pairs in which the second sample's value is larger, minus the share in which it is smaller. 1: always larger;
 * 0: equally often; -1: never. It measures the separation of the samples independent of the unit.
 *
 * @see <a href="https://doi.org/10.1037/0033-2909.114.3.494">Cliff 1993</a>
 */
public final class CliffsDelta {

    private CliffsDelta() {}

    /**
     * @return in [-1, 1]
     * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
     */
    public static double of(double[] first, double[] second) {
        double[] x = Ranks.checked("first", first);
        double[] y = Ranks.checked("second", second);
        long balance = 0;
        for (double a : x) {
            for (double b : y) {
                balance += Double.compare(b, a);
            }
        }
        return (double) balance / ((long) x.length * y.length);
    }
}
