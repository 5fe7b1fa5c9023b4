package dev.kilonode.reports.forecast;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.TrendResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time at which the network first violated its checks.
 *
 * @param atMs time of the first failed check, or start of a significant trend; ms since the start of the run
 * @param checks checks that failed then, in the order of the events
 */
public record FirstFailure(long atMs, List<String> checks) {

    /** The first failure in the run's data; null if there is none. */
    public static @Nullable FirstFailure of(RunData data) {
        Long first = null;
        List<String> failed = new ArrayList<>();
        for (EventRow event : data.events()) {
            if (event.type() != EventRow.Type.CHECK
                    || !"fail".equals(event.details().get("to"))) continue;
            if (isTrend(data, event.name())) continue; // reported at the end of the run, for an earlier change
            if (first == null) first = event.timeMs();
            if (event.timeMs() == first && !failed.contains(event.name())) failed.add(event.name());
        }
        Summary summary = data.summary();
        List<CheckResult> checks = summary == null ? List.of() : summary.checks();
        for (CheckResult check : checks) {
            TrendResult trend = check.trend();
            if (trend == null || check.status() != CheckResult.Status.FAIL) continue;
            long since = trend.sinceMs() == null ? data.lastMs() : trend.sinceMs();
            if (first != null && since >= first) continue;
            first = since;
            failed = new ArrayList<>(List.of(check.id()));
        }
        return first == null ? null : new FirstFailure(first, List.copyOf(failed));
    }

    private static boolean isTrend(RunData data, String id) {
        Summary summary = data.summary();
        return summary != null
                && summary.checks().stream().anyMatch(check -> check.id().equals(id) && check.trend() != null);
    }
}
