package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.WorkerRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the verdict says of workers that were lost in mid-run. */
public final class LostWorkers {

    private LostWorkers() {}

    /**
     * The health result of a run that lost workers; empty for any other run.
     *
     * @param tolerated whether the scenario lets the run go on and pass without them
     */
    public static Optional<HealthResult> of(List<WorkerRow> workers, boolean tolerated) {
        String words = workers.stream()
                .filter(worker -> worker.lostAtMs() != null)
                .map(LostWorkers::words)
                .collect(Collectors.joining("; "));
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new HealthResult(VerdictPolicy.WORKERS_STAYED, tolerated, words));
    }

    /** For example {@code worker 2 was lost at 12 min with 250 nodes: killed}. */
    private static String words(WorkerRow worker) {
        Long atMs = worker.lostAtMs();
        String why = worker.lostWhy();
        return "worker " + worker.number() + " was lost at " + Format.time(atMs == null ? 0 : atMs) + " with "
                + worker.nodes() + (worker.nodes() == 1 ? " node" : " nodes")
                + (why == null || why.isEmpty() ? "" : ": " + why);
    }
}
