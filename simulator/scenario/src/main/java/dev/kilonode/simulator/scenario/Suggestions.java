package dev.kilonode.simulator.scenario;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Suggests the known name that an author probably meant. */
public final class Suggestions {
    /** More than any built-in list has; lists of user-defined names may be longer. */
    private static final int MOST_LISTED = 100;

    private Suggestions() {}

    /** The closest of {@code known} to {@code word}, or null if none is close: at most a third of its letters wrong. */
    public static @Nullable String of(String word, Collection<String> known) {
        if (word.length() > 60) return null;
        String plain = normal(word);
        String best = null;
        int least = Math.max(1, plain.length() / 3) + 1;
        for (String candidate : known) {
            String other = normal(candidate);
            if (Math.abs(other.length() - plain.length()) >= least) continue;
            int distance = distance(plain, other);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** {@code ; did you mean X?}, or empty. */
    public static String hint(String word, Collection<String> known) {
        String close = of(word, known);
        return close == null ? "" : "; did you mean " + close + "?";
    }

    /** {@code ; did you mean X? Keys: a, b}, or {@code ; Keys: a, b} if none is close. */
    public static String hint(String word, Collection<String> known, String label) {
        String hint = hint(word, known);
        return (hint.isEmpty() ? "; " : hint + " ") + label + ": " + listed(known);
    }

    /** The first names, and the number of the others. */
    static String listed(Collection<String> names) {
        String shown = names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return names.size() <= MOST_LISTED ? shown : shown + " and " + (names.size() - MOST_LISTED) + " more";
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Edit distance: letters to insert, remove, replace, or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
