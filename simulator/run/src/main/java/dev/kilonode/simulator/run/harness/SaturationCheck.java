package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.metrics.Labels;
import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.model.SaturationLimits;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.run.checks.WindowContent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the windows in which the machine of a run in wall time was saturated. A saturated machine limits the results, so that they are not
 * valid for the network. In a run over several processes each worker is judged by itself, and one saturated worker makes a window unfit. For
 * completed and recorded runs.
 */
public final class SaturationCheck {

    /** The number of the only process of a run. */
    private static final int ALONE = -1;

    /** The greatest share of saturated windows in a valid run. */
    private static final double SATURATED_SHARE = 0.1;

    private static final int MOST_NAMED = 4;
    private static final List<String> LAGS = List.of("timers", "inbox", "workers");

    /** What is known of one process. */
    private static final class Tester {
        private int windows;
        private int saturated;
        private boolean saturatedBefore;
        private double worstBusy;
        private double worstLateMs;

        /** Whether it kept up in this window and in the previous one, whose backlog it inherits. */
        boolean window(MachineLoad load) {
            boolean saturatedNow = isSaturated(load);
            boolean fit = !saturatedNow && !saturatedBefore;
            saturatedBefore = saturatedNow;
            windows++;
            if (saturatedNow) saturated++;
            worstBusy = Math.max(worstBusy, load.busy());
            worstLateMs = Math.max(worstLateMs, load.worstLateMs());
            return fit;
        }
    }

    private final Map<Integer, Tester> testers = new TreeMap<>();
    private final Set<Long> unfitStartMs = new HashSet<>();
    private int windows;
    private int saturated;

    private static boolean isSaturated(MachineLoad load) {
        return load.late() || load.busy() > SaturationLimits.BUSY_SHARE;
    }

    /**
     * Adds the next window of a run in one process.
     *
     * @return whether its results can be trusted: the machine kept up in it and in the previous window, whose backlog it inherits
     */
    public boolean window(MachineLoad load) {
        return window(Map.of(ALONE, load));
    }

    /**
     * Adds the next window.
     *
     * @param loads the loads of the workers that reported it, by number
     * @return whether its results can be trusted: each of these workers kept up
     */
    public boolean window(Map<Integer, MachineLoad> loads) {
        boolean fit = true;
        for (var load : new TreeMap<>(loads).entrySet()) {
            fit &= testers.computeIfAbsent(load.getKey(), number -> new Tester())
                    .window(load.getValue());
        }
        windows++;
        if (loads.values().stream().anyMatch(SaturationCheck::isSaturated)) saturated++;
        return fit;
    }

    /** The load of a worker in a window, by its metrics; empty if they do not hold it, as when the worker did not report the window. */
    static Optional<MachineLoad> load(WindowContent content, int worker) {
        String number = Integer.toString(worker);
        Aggregate busy = content.of(Metric.TESTER_BUSY, Map.of(Labels.WORKER, number));
        if (busy.samples() == 0) return Optional.empty();
        double late = 0;
        double worst = 0;
        for (String of : LAGS) {
            Aggregate lag = content.of(Metric.TESTER_LAG, Map.of("of", of, Labels.WORKER, number));
            if (lag.samples() == 0) continue;
            late = Math.max(late, lag.value("p95"));
            worst = Math.max(worst, lag.value("max"));
        }
        return Optional.of(new MachineLoad(late > SaturationLimits.LATE_MS, busy.value("mean"), worst));
    }

    /** @param blamed ids of checks that failed only in saturated windows */
    public HealthResult result(List<String> blamed) {
        boolean fit = saturated <= SATURATED_SHARE * windows && blamed.isEmpty();
        String failed = blamed.isEmpty() ? "" : ", in those that decided " + String.join(", ", blamed);
        boolean alone = testers.isEmpty() || testers.containsKey(ALONE);
        String figures = alone ? figures() : figuresOfWorkers();
        String counts = alone ? "the tester was saturated in " + saturated + " of " + windows + " windows" : counts();
        String advice = alone ? "use a machine with nothing else to do" : "use more or other machines";
        return new HealthResult(
                "tester-kept-up",
                fit,
                fit
                        ? figures
                        : counts + failed + ", so that " + (alone ? "it" : "the tester") + " measured itself: "
                                + figures + "; write --scale 0.5, or " + advice);
    }

    private String figures() {
        return String.format(
                Locale.ROOT,
                "the busiest node loop was at most %.0f %% busy, one of them or the workers at most %.0f ms late",
                100
                        * testers.values().stream()
                                .mapToDouble(one -> one.worstBusy)
                                .max()
                                .orElse(0),
                testers.values().stream()
                        .mapToDouble(one -> one.worstLateMs)
                        .max()
                        .orElse(0));
    }

    private String figuresOfWorkers() {
        int busiest = 0;
        int latest = 0;
        double busy = -1;
        double lateMs = -1;
        for (var one : testers.entrySet()) {
            if (one.getValue().worstBusy > busy) busiest = one.getKey();
            if (one.getValue().worstLateMs > lateMs) latest = one.getKey();
            busy = Math.max(busy, one.getValue().worstBusy);
            lateMs = Math.max(lateMs, one.getValue().worstLateMs);
        }
        return String.format(
                Locale.ROOT,
                "the busiest node loop was at most %.0f %% busy (worker %d), a loop or a signing thread at most %.0f ms"
                        + " late (worker %d)",
                100 * busy,
                busiest,
                lateMs,
                latest);
    }

    /** For example {@code worker 2 was saturated in 5 of 30 windows, worker 3 in 4 of 30}. */
    private String counts() {
        List<Map.Entry<Integer, Tester>> guilty = testers.entrySet().stream()
                .filter(one -> one.getValue().saturated > 0)
                .sorted((a, b) -> Integer.compare(b.getValue().saturated, a.getValue().saturated))
                .toList();
        if (guilty.isEmpty()) return "no worker was saturated in " + windows + " windows";
        Map.Entry<Integer, Tester> first = guilty.get(0);
        StringBuilder words = new StringBuilder("worker " + first.getKey() + " was saturated in "
                + first.getValue().saturated + " of " + first.getValue().windows + " windows");
        words.append(guilty.stream()
                .skip(1)
                .limit(MOST_NAMED - 1L)
                .map(one -> ", worker " + one.getKey() + " in " + one.getValue().saturated + " of "
                        + one.getValue().windows)
                .collect(Collectors.joining()));
        int more = guilty.size() - MOST_NAMED;
        return words + (more > 0 ? ", and " + more + " more" : "");
    }

    /** The check of a recorded run; empty for a run without this measurement, such as one in virtual time. */
    static Optional<SaturationCheck> of(RunData data) {
        List<MetricSeries> busy = data.all(Metric.TESTER_BUSY.id(), "mean");
        if (busy.isEmpty()) return Optional.empty();
        Map<Long, Map<Integer, MachineLoad>> loads = new TreeMap<>();
        for (MetricSeries series : busy) {
            String worker = series.key().labelMap().get(Labels.WORKER);
            if (worker != null && !worker.matches("[0-9]{1,9}")) continue; // not written by us
            Map<Long, Double> late = largest(data, worker, "p95");
            Map<Long, Double> worst = largest(data, worker, "max");
            for (int i = 0; i < series.size(); i++) {
                long startMs = series.startMs(i);
                boolean isLate = late.getOrDefault(startMs, 0.0) > SaturationLimits.LATE_MS;
                MachineLoad load = new MachineLoad(isLate, series.value(i), worst.getOrDefault(startMs, 0.0));
                loads.computeIfAbsent(startMs, start -> new TreeMap<>())
                        .put(worker == null ? ALONE : Integer.parseInt(worker), load);
            }
        }
        SaturationCheck health = new SaturationCheck();
        loads.forEach((startMs, window) -> {
            if (!health.window(window)) health.unfitStartMs.add(startMs);
        });
        return Optional.of(health);
    }

    /** Whether the results of the window that begins at {@code startMs} can be trusted, in a recorded run. */
    boolean fitAt(long startMs) {
        return !unfitStartMs.contains(startMs);
    }

    /** The largest lateness of a process by start of the window. */
    private static Map<Long, Double> largest(RunData data, @Nullable String worker, String stat) {
        Map<Long, Double> found = new HashMap<>();
        for (String of : LAGS) {
            Labels labels = Labels.of("of", of);
            MetricSeries series = data.series(
                    Metric.TESTER_LAG.id(),
                    (worker == null ? labels : labels.and(Labels.WORKER, worker)).toString(),
                    stat);
            for (int i = 0; series != null && i < series.size(); i++) {
                found.merge(series.startMs(i), series.value(i), Math::max);
            }
        }
        return found;
    }
}
