package dev.kilonode.reports.forecast;

import org.jspecify.annotations.Nullable;

/**
 * Utilisation of one resource in a run.
 *
 * @param early utilisation over the first quarter of the data; a ratio; an estimate may exceed 1 slightly
 * @param atEnd utilisation in the last windows: when the network broke, or when the data end
 * @param saturatedAtMs start of the first two windows in a row at {@link Saturation#FULL} or above; null if there were none
 */
public record ResourceLoad(
        Resource resource,
        double early,
        double atEnd,
        @Nullable Long saturatedAtMs) {}
