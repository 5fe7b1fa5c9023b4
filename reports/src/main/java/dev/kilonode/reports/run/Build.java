package dev.kilonode.reports.run;

/**
 * What Kilonode was built from.
 *
 * @param commit 40 hex digits
 * @param dirty  whether the tree held changes beside that commit
 */
public record Build(String commit, boolean dirty) {

    private static final int SHORT = 12;

    /** {@code 93eb488a1b2c}, with {@code -dirty} after it if the tree was, as {@code git describe} says it. */
    public String words() {
        return commit.substring(0, Math.min(SHORT, commit.length())) + (dirty ? "-dirty" : "");
    }
}
