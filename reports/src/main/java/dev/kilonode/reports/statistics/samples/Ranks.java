package dev.kilonode.reports.statistics.samples;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** Ranks of values, 1 for the smallest; ties share their mean rank. Doubled, so that ranks are whole numbers. */
final class Ranks {

    private static final NaturalRanking RANKING = new NaturalRanking(TiesStrategy.AVERAGE);

    private Ranks() {}

    static int[] doubled(double[] values) {
        return Arrays.stream(RANKING.apply(values))
                .mapToInt(rank -> (int) Math.round(2 * rank))
                .toArray();
    }

    /** Whether two values are equal. */
    static boolean tied(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return IntStream.range(1, sorted.length).anyMatch(i -> sorted[i] == sorted[i - 1]);
    }

    /**
     * A copy without negative zeros, which the ranking would order before zeros.
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
