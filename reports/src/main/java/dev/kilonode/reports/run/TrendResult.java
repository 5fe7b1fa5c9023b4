package dev.kilonode.reports.run;

import org.jspecify.annotations.Nullable;

/**
 * The result of a trend check. All numbers are finite.
 *
 * @param start level at the beginning, in the metric's unit
 * @param end level at the end, by the same change shape
 * @param change relative change from start to end: 0.1 for 10 % more
 * @param pValue probability that noise alone gives as clear a change in this direction, adjusted for the number of trends; significant
 *     below 0.035
 * @param sinceMs start of the change, ms since the start of the run; null if unknown
 * @param windows windows with data, outside of warm-up and faults
 * @param blocks blocks that these windows were grouped into
 * @param autocorrelation autocorrelation of neighbouring blocks after removal of the change
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
