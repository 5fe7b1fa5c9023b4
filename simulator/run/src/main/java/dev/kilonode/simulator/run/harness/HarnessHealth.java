package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the tester of a run in wall time kept up. One that did not measured itself, so that its run is no evidence. Of a run
 * that has just ended, or read back.
 */
final class HarnessHealth {

    /** Loops on which nodes live, or workers, that are later than this for a twentieth of a window are no measuring instrument. */
    static final double LATE_MS = 250;

    static final double LATE_SHARE = 0.05;
    private static final double BUSY_SHARE = 0.95;

    /** Windows that may be saturated in a run that still counts. */
    private static final double SATURATED_SHARE = 0.1;

    private final Set<Long> unfitStartMs = new HashSet<>();
    private int windows;
    private int saturated;
    private boolean saturatedBefore;
    private double worstBusy;
    private double worstLateMs;

    /**
     * Takes in the next window.
     *
     * @param late whether the loops or the workers were late for more than {@link #LATE_SHARE} of the looks at it
     * @return whether what it holds can be trusted: the tester kept up in it and in the one before, whose backlog it inherits
     */
    boolean window(boolean late, double busy, double worstMs) {
        boolean saturatedNow = late || busy > BUSY_SHARE;
        boolean fit = !saturatedNow && !saturatedBefore;
        saturatedBefore = saturatedNow;
        windows++;
        if (saturatedNow) saturated++;
        worstBusy = Math.max(worstBusy, busy);
        worstLateMs = Math.max(worstLateMs, worstMs);
        return fit;
    }

    /** @param blamed ids of checks that failed, but only with windows in which the tester was saturated */
    HealthResult result(List<String> blamed) {
        boolean fit = saturated <= SATURATED_SHARE * windows && blamed.isEmpty();
        String figures = String.format(
                Locale.ROOT,
                "the busiest node loop was at most %.0f %% busy, one of them or the workers at most %.0f ms late",
                100 * worstBusy,
                worstLateMs);
        String failed = blamed.isEmpty() ? "" : ", in those that decided " + String.join(", ", blamed);
        return new HealthResult(
                "tester-kept-up",
                fit,
                fit
                        ? figures
                        : "the tester was saturated in " + saturated + " of " + windows + " windows" + failed
                                + ", so that it measured itself: " + figures
                                + "; write --scale 0.5, or use a machine with nothing else to do");
    }

    /** Of a run read back; empty where it has no tester to speak of, as in virtual time. */
    static Optional<HarnessHealth> of(RunData data) {
        MetricSeries busy = data.series(Metric.TESTER_BUSY.id(), "", "mean");
        if (busy == null) return Optional.empty();
        HarnessHealth health = new HarnessHealth();
        for (int i = 0; i < busy.size(); i++) {
            double late = 0;
            double worst = 0;
            for (String of : new String[] {"of=timers", "of=inbox", "of=workers"}) {
                late = Math.max(late, at(data, of, "p95", busy.startMs(i)));
                worst = Math.max(worst, at(data, of, "max", busy.startMs(i)));
            }
            if (!health.window(late > LATE_MS, busy.value(i), worst)) health.unfitStartMs.add(busy.startMs(i));
        }
        return Optional.of(health);
    }

    /** Of a run read back: whether what the window holds that began then can be trusted. */
    boolean fitAt(long startMs) {
        return !unfitStartMs.contains(startMs);
    }

    private static double at(RunData data, String labels, String stat, long startMs) {
        @Nullable MetricSeries series = data.series(Metric.TESTER_LAG.id(), labels, stat);
        if (series == null) return 0;
        for (int i = 0; i < series.size(); i++) {
            if (series.startMs(i) == startMs) return series.value(i);
        }
        return 0;
    }
}
