package dev.kilonode.reports.text;

import dev.kilonode.reports.compare.History;
import dev.kilonode.reports.compare.Sample;

/** A history for a terminal. */
public final class HistoryText {

    private static final int MOST_SETTINGS = 3;

    private HistoryText() {}

    /** The text, with line feeds. */
    public static String of(History history) {
        var text = new StringBuilder();
        for (History.Course course : history.courses()) {
            int n = course.runs().size();
            text.append(ComparisonText.plain(course.scenario()))
                    .append(" (")
                    .append(course.clock())
                    .append(" time): ");
            text.append(n)
                    .append(n == 1 ? " run, " : " runs, ")
                    .append(course.runs().get(0).startedAt());
            text.append(n == 1 ? "" : " to " + course.runs().get(n - 1).startedAt())
                    .append('\n');
            if (n < History.FEWEST) {
                text.append("  too few runs to look for a change; at least ")
                        .append(History.FEWEST)
                        .append(" are needed\n");
            } else if (course.changes().isEmpty()) {
                text.append("  no change of level\n");
            }
            course.changes().forEach(change -> change(change, text));
        }
        history.leftOut()
                .forEach(reason -> text.append("- without: ")
                        .append(ComparisonText.plain(reason))
                        .append('\n'));
        return text.toString();
    }

    private static void change(History.Change change, StringBuilder text) {
        text.append("  since ").append(words(change.at())).append('\n');
        text.append("    ")
                .append(change.words())
                .append(", p ")
                .append(ComparisonText.p(change.p()))
                .append('\n');
        text.append("    last run before: ").append(words(change.from())).append('\n');
        if (!change.settings().isEmpty()) {
            text.append("    the scenario changed too: ");
            text.append(ComparisonText.plain(String.join(
                    ", ", change.settings().stream().limit(MOST_SETTINGS).toList())));
            int more = change.settings().size() - MOST_SETTINGS;
            text.append(more > 0 ? " and " + more + " more\n" : "\n");
        }
    }

    private static String words(Sample run) {
        return run.startedAt() + " (" + ComparisonText.plain(run.name()) + ", seed " + run.seed() + ", Kilonode "
                + ComparisonText.plain(run.tool()) + ")";
    }
}
