package dev.kilonode.reports.model;

import dev.kilonode.reports.model.ReportModel.Table;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import java.util.ArrayList;
import java.util.List;

/** The table of the violations of invariants, by the events of a run. */
final class Violations {

    private static final int MOST_ROWS = 50;

    private Violations() {}

    /** When the first violation was first seen, in ms; -1 if there is none. */
    static long firstMs(RunData data) {
        return data.events().stream()
                .filter(event -> event.type() == EventRow.Type.INVARIANT)
                .mapToLong(EventRow::timeMs)
                .min()
                .orElse(-1);
    }

    /** What was watched, as the health of the run says it. */
    private static String watched(RunData data) {
        Summary summary = data.summary();
        if (summary == null) return "The run has no summary, so what was watched is unknown.";
        return summary.health().stream()
                .filter(health -> health.id().equals("invariants-watched"))
                .map(health -> health.words() + ".")
                .findFirst()
                .orElse("Not watched in this run: invariants were off, or its version knew none.");
    }

    static Table table(RunData data) {
        List<EventRow> events = data.events().stream()
                .filter(event -> event.type() == EventRow.Type.INVARIANT)
                .toList();
        var rows = new ArrayList<List<String>>();
        for (EventRow event : events.subList(0, Math.min(events.size(), MOST_ROWS))) {
            rows.add(List.of(
                    Format.time(event.timeMs()),
                    event.name(),
                    String.valueOf(event.details().getOrDefault("what", "")),
                    String.valueOf(event.details().getOrDefault("means", ""))));
        }
        String note = watched(data)
                + (events.size() > MOST_ROWS
                        ? " The first " + MOST_ROWS + " of " + Format.count(events.size())
                                + " findings; all are in data/events.jsonl."
                        : "");
        return new Table(
                ChartCatalog.INVARIANTS,
                "Violations of invariants",
                note,
                List.of("first seen at", "invariant", "what was found", "what it means"),
                rows);
    }
}
