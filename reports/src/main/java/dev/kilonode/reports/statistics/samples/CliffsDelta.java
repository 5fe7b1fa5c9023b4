package dev.kilonode.reports.statistics.samples;

/**
 * Cliff's delta: how often a value of the second sample is larger than one of the first, less how often it is smaller. 1: always larger; 0: as
 * often as not; -1: never. It says how well the samples are apart, whatever the unit.
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
