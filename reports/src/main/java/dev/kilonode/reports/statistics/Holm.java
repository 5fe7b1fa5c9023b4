package dev.kilonode.reports.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Several tests at once: p-values raised so that the chance of even one false alarm among them stays what one test's was. */
public final class Holm {

    private Holm() {}

    /**
     * @param pValues each in [0, 1], in any order
     * @return in the same order
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
