package dev.kilonode.reports.statistics.samples;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks of values, 1 the smallest; equal values share the mean of their ranks. Doubled, so that they are whole numbers. */
final class Ranks {

    private Ranks() {}

    static int[] doubled(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        int[] ranks = new int[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = from + 1 + to; // twice the mean of from + 1 .. to
            }
            from = to;
        }
        return ranks;
    }

    /** Whether two values are equal. */
    static boolean tied(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return IntStream.range(1, sorted.length).anyMatch(i -> sorted[i] == sorted[i - 1]);
    }

    /**
     * A copy without negative zeros, which would not be ranked with zeros.
     *
     * @throws IllegalArgumentException if it is empty or holds a value that is not finite
     */
    static double[] checked(String what, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException(what + ": got no value, expected at least one");
        }
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        what + "[" + i + "]: got " + values[i] + ", expected a finite number");
            }
            copy[i] = values[i] + 0.0;
        }
        return copy;
    }

    static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
