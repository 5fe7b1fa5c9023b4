package dev.kilonode.reports.statistics.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Change points in a sequence of values: the split with the largest standardised rank sum, if few permutations of the values have as large
 * a one; then recursively on both sides. The permutations are fixed, so that equal sequences give equal results.
 *
 * @param index index of the first value of the new level
 * @param before median of the values since the previous change
 * @param after median of the values until the next change
 * @param p share of permutations with as clear a split, in (0, 1]
 * @see <a href="https://doi.org/10.2307/2346729">Pettitt 1979, for the statistic; the p here is by permutation, for short sequences</a>
 */
public record ChangePoint(int index, double before, double after, double p) {

    /** Fewest values on each side of a change. */
    public static final int FEWEST = 4;

    /** False positive rate: share of sequences without a change in which one is found. */
    public static final double LEVEL = 0.01;

    private static final int SHUFFLES = 1999;
    private static final long SEED = 0x6b696c6f6e6f6465L;

    /**
     * All change points, in order.
     *
     * @throws IllegalArgumentException if a value is not finite
     */
    public static List<ChangePoint> in(double[] values) {
        if (values.length < 2 * FEWEST) {
            return List.of();
        }
        double[] checked = Ranks.checked("values", values);
        var splits = new ArrayList<Split>();
        search(checked, 0, checked.length, splits);
        splits.sort(Comparator.comparingInt(Split::index));
        var changes = new ArrayList<ChangePoint>();
        for (int i = 0; i < splits.size(); i++) {
            int from = i == 0 ? 0 : splits.get(i - 1).index;
            int at = splits.get(i).index;
            int to = i + 1 == splits.size() ? checked.length : splits.get(i + 1).index;
            changes.add(new ChangePoint(
                    at,
                    Median.withDefaults().evaluate(Arrays.copyOfRange(checked, from, at)),
                    Median.withDefaults().evaluate(Arrays.copyOfRange(checked, at, to)),
                    splits.get(i).p));
        }
        return List.copyOf(changes);
    }

    private record Split(int index, double clarity, double p) {}

    private static void search(double[] values, int from, int to, List<Split> found) {
        if (to - from < 2 * FEWEST) {
            return;
        }
        int[] ranks = Ranks.doubled(Arrays.copyOfRange(values, from, to));
        Split clearest = clearest(ranks);
        double p = rarity(ranks, clearest.clarity);
        if (p > LEVEL) {
            return;
        }
        int at = from + clearest.index;
        search(values, from, at, found);
        found.add(new Split(at, clearest.clarity, p));
        search(values, at, to, found);
    }

    private static Split clearest(int[] ranks) {
        int n = ranks.length;
        int best = FEWEST;
        double clarity = -1;
        long sum = 0;
        for (int k = 1; k <= n - FEWEST; k++) {
            sum += ranks[k - 1];
            double distance = Math.abs(sum - k * (n + 1.0));
            double here = k < FEWEST ? -1 : distance / StrictMath.sqrt((double) k * (n - k));
            if (here > clarity + 1e-9) {
                clarity = here;
                best = k;
            }
        }
        return new Split(best, clarity, 1);
    }

    private static double rarity(int[] ranks, double clarity) {
        int[] shuffled = ranks.clone();
        long state = SEED;
        int asClear = 1; // the sequence itself is one of its permutations
        for (int s = 0; s < SHUFFLES; s++) {
            for (int i = shuffled.length - 1; i > 0; i--) {
                state += 0x9e3779b97f4a7c15L; // SplitMix64
                int j = (int) Long.remainderUnsigned(mixed(state), i + 1);
                int held = shuffled[i];
                shuffled[i] = shuffled[j];
                shuffled[j] = held;
            }
            asClear += clearest(shuffled).clarity >= clarity - 1e-9 ? 1 : 0;
        }
        return asClear / (SHUFFLES + 1.0);
    }

    private static long mixed(long state) {
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
