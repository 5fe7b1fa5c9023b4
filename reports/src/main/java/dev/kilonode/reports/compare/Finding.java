package dev.kilonode.reports.compare;

import java.util.Locale;

/** Classification of the effect on one metric. */
public enum Finding {
    /** Significantly worse, by at least the limit. */
    WORSE,
    /** Significantly worse, by less than the limit. */
    SLIGHTLY_WORSE,
    /** Significantly better, by at least the limit. */
    BETTER,
    /** Significantly better, by less than the limit. */
    SLIGHTLY_BETTER,
    /** No significant change. */
    UNCHANGED,
    /** All runs have the same value. */
    EQUAL,
    /** Too few runs for any difference to be significant. */
    UNTESTED,
    /** Runs lack the value. */
    MISSING,
    /** Shown for context, not tested. */
    SHOWN;

    /** The word in JSON, such as {@code slightly-worse}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a test was made that counts for Holm's correction. */
    boolean tested() {
        return ordinal() <= UNCHANGED.ordinal();
    }
}
