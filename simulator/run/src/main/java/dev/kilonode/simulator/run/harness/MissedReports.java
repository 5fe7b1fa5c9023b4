package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reports of windows that workers did not make in time. What they would have told is unknown. One thread. */
public final class MissedReports {

    private static final String WINDOW = "window_start_ms";

    private final Set<Long> windows = new TreeSet<>();
    private int count;

    /** Those that the events of a recorded run tell of. */
    static MissedReports of(List<EventRow> events) {
        MissedReports missed = new MissedReports();
        for (EventRow event : events) {
            if (event.type() == EventRow.Type.NOTE && event.details().get(WINDOW) instanceof Number startMs) {
                missed.add(startMs.longValue());
            }
        }
        return missed;
    }

    /**
     * Adds one.
     *
     * @return the event that tells of it
     */
    public EventRow add(int worker, long startMs, long endMs) {
        add(startMs);
        return new EventRow(
                startMs,
                EventRow.Type.NOTE,
                "worker " + worker + ": no report for the window from " + Format.time(startMs) + " to "
                        + Format.time(endMs),
                null,
                Map.of("worker", worker, WINDOW, startMs));
    }

    private void add(long startMs) {
        windows.add(startMs);
        count++;
    }

    /** Whether no report of the window that begins at {@code startMs} is missing. */
    boolean completeAt(long startMs) {
        return !windows.contains(startMs);
    }

    /** Of the checks that failed in windows without trust only, those that can be blamed on a saturated tester. */
    public List<String> blamed(List<String> checks) {
        return count == 0 ? checks : List.of();
    }

    /** Empty if there are none. */
    public Optional<HealthResult> result() {
        if (count == 0) return Optional.empty();
        return Optional.of(new HealthResult(
                "windows-complete",
                false,
                count + " reports of windows did not come in time; what they would have told is unknown"));
    }
}
