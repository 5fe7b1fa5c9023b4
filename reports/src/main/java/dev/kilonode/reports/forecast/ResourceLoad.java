package dev.kilonode.reports.forecast;

import org.jspecify.annotations.Nullable;

/**
 * How much of one resource a run used.
 *
 * @param early utilisation over the first quarter of the data; a ratio, may exceed 1 a little where it is an estimate
 * @param atEnd utilisation in the last windows: when the network broke, or when the data end
 * @param saturatedAtMs since when it stayed at {@link Saturation#FULL} or above for two windows; null if it never did
 */
public record ResourceLoad(
        Resource resource,
        double early,
        double atEnd,
        @Nullable Long saturatedAtMs) {}
