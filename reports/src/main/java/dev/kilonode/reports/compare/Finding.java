package dev.kilonode.reports.compare;

import java.util.Locale;

/** What the comparison of one measure found. */
public enum Finding {
    /** Worse, surely and by at least the limit. */
    WORSE,
    /** Worse, surely, but by less than the limit. */
    SLIGHTLY_WORSE,
    /** Better, surely and by at least the limit. */
    BETTER,
    /** Better, surely, but by less than the limit. */
    SLIGHTLY_BETTER,
    /** Nothing that chance would not do as well. */
    UNCHANGED,
    /** Every run has the same value. */
    EQUAL,
    /** So few runs that no difference, however large, could be told from chance. */
    UNTESTED,
    /** Runs lack the value. */
    MISSING,
    /** Not tested: for orientation only. */
    SHOWN;

    /** The word in JSON, such as {@code slightly-worse}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a test was made, so that it counts among the tests that Holm corrects for. */
    boolean tested() {
        return ordinal() <= UNCHANGED.ordinal();
    }
}
