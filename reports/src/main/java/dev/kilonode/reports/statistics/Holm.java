package dev.kilonode.reports.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction for multiple tests: adjusts p-values so that the familywise error rate stays at the level of a single test. */
public final class Holm {

    private Holm() {}

    /**
     * @param pValues each in [0, 1], in any order
     * @return adjusted p-values in the same order
     * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979</a>
     */
    public static double[] adjust(double... pValues) {
        int[] order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        double least = 0;
        for (int rank = 0; rank < order.length; rank++) {
            least = Math.max(least, Math.min(1, (order.length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = least;
        }
        return adjusted;
    }
}
