package dev.kilonode.reports.statistics.samples;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction for a family of tests: with it, the chance that any of them alarms without a cause stays at the level of one.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979</a>
 */
public final class Holm {

    private Holm() {}

    /** The adjusted p of each, in the order given, at most 1. */
    public static double[] adjusted(double[] p) {
        Integer[] order = IntStream.range(0, p.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        double[] adjusted = new double[p.length];
        double last = 0;
        for (int i = 0; i < order.length; i++) {
            last = Math.max(last, Math.min(1, p[order[i]] * (order.length - i)));
            adjusted[order[i]] = last;
        }
        return adjusted;
    }
}
