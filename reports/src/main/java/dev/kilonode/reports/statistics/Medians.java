package dev.kilonode.reports.statistics;

import java.util.Arrays;

/** The middle of a few numbers. */
public final class Medians {

    private Medians() {}

    /** The middle value, or the mean of the two middle ones. @param values at least one, in any order; not changed */
    public static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
