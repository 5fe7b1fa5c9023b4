package dev.kilonode.reports.render.text;

import dev.kilonode.reports.compare.History;
import dev.kilonode.reports.compare.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A history as text for a terminal. */
public final class HistoryText {

    private static final int MOST_SETTINGS = 3;

    private HistoryText() {}

    /** The text, with line feeds. */
    public static String of(History history) {
        var text = new StringBuilder();
        for (History.ScenarioHistory scenario : history.scenarios()) {
            int n = scenario.runs().size();
            text.append(ComparisonText.plain(scenario.scenario()))
                    .append(" (")
                    .append(scenario.clock())
                    .append(scenario.jvms() > 1 ? " time, " + scenario.jvms() + " JVMs): " : " time): ");
            text.append(n)
                    .append(n == 1 ? " run, " : " runs, ")
                    .append(scenario.runs().get(0).startedAt());
            text.append(n == 1 ? "" : " to " + scenario.runs().get(n - 1).startedAt())
                    .append('\n');
            if (n < History.FEWEST) {
                text.append("  too few runs to look for a change; at least ")
                        .append(History.FEWEST)
                        .append(" are needed\n");
            } else if (scenario.changes().isEmpty()) {
                text.append("  no change of level\n");
            }
            var byRun = new LinkedHashMap<Sample, List<History.Change>>();
            scenario.changes()
                    .forEach(c -> byRun.computeIfAbsent(c.at(), k -> new ArrayList<>())
                            .add(c));
            byRun.forEach((at, changes) -> changes(at, changes, text));
        }
        history.leftOut()
                .forEach(reason -> text.append("- without: ")
                        .append(ComparisonText.plain(reason))
                        .append('\n'));
        return text.toString();
    }

    private static void changes(Sample at, List<History.Change> changes, StringBuilder text) {
        text.append("  since ").append(words(at)).append('\n');
        for (History.Change change : changes) {
            text.append("    ")
                    .append(change.words())
                    .append(", p ")
                    .append(ComparisonText.p(change.p()))
                    .append('\n');
        }
        History.Change first = changes.get(0);
        text.append("    last run before: ").append(words(first.from())).append('\n');
        if (!first.settings().isEmpty()) {
            text.append("    the scenario changed too: ");
            text.append(ComparisonText.plain(String.join(
                    ", ", first.settings().stream().limit(MOST_SETTINGS).toList())));
            int more = first.settings().size() - MOST_SETTINGS;
            text.append(more > 0 ? " and " + more + " more\n" : "\n");
        }
    }

    private static String words(Sample run) {
        return run.startedAt() + " (" + ComparisonText.plain(run.name()) + ", seed " + run.seed() + ", Kilonode "
                + ComparisonText.plain(run.toolWords()) + ")";
    }
}
