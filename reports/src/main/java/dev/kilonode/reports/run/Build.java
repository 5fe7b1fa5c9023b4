package dev.kilonode.reports.run;

/**
 * The source that Kilonode was built from.
 *
 * @param commit 40 hex digits
 * @param dirty whether the working tree had uncommitted changes
 */
public record Build(String commit, boolean dirty) {

    private static final int SHORT = 12;

    /** {@code 93eb488a1b2c}, followed by {@code -dirty} if the working tree had changes, as {@code git describe} prints it. */
    public String words() {
        return commit.substring(0, Math.min(SHORT, commit.length())) + (dirty ? "-dirty" : "");
    }
}
