package dev.kilonode.simulator.run.invariants;

import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.scenario.Invariant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found at one place in one look.
 *
 * @param atMs when it was first seen, in ms of the run
 * @param where the node, client or store, in words
 * @param subjects whom it concerns, in words; at least one
 * @param what what was found of the first of them, as a clause
 */
record Violation(Invariant invariant, long atMs, String where, List<String> subjects, String what) {

    private static final int MOST_NAMED = 5;

    /** One sentence without its end, such as {@code node 3: node 7 counts as connected ... (also node 8 and 2 more)}. */
    String words() {
        int more = subjects.size() - MOST_NAMED;
        String others = String.join(", ", subjects.subList(1, Math.min(subjects.size(), MOST_NAMED)))
                + (more > 0 ? " and " + more + " more" : "");
        return where + ": " + subjects.get(0) + " " + what + (others.isEmpty() ? "" : " (also " + others + ")");
    }

    EventRow event() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("where", where);
        details.put("subjects", subjects);
        details.put("what", words());
        details.put("means", invariant.consequence());
        return new EventRow(atMs, EventRow.Type.INVARIANT, invariant.label(), null, details);
    }
}
