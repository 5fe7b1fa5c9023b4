package dev.kilonode.reports.run;

import org.jspecify.annotations.Nullable;

/**
 * What a check over a trend found. All numbers are finite.
 *
 * @param start           level at the beginning, in the metric's unit
 * @param end             level at the end, by the same shape of a change
 * @param change          from one to the other: 0.1 for 10 % more
 * @param pValue          how likely noise alone gives as clear a change in this direction, raised for the number of trends; below 0.035 it counts
 * @param sinceMs         when the change began, ms since the start of the run; null if unknown
 * @param windows         windows with data, outside of warm-up and faults
 * @param blocks          blocks that they were put into
 * @param autocorrelation of neighbouring blocks, once the change is taken out
 */
public record TrendResult(
        double start,
        double end,
        double change,
        double pValue,
        @Nullable Long sinceMs,
        int windows,
        int blocks,
        double autocorrelation) {}
