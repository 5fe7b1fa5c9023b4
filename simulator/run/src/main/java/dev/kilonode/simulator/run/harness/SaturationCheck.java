package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the windows in which the machine of a run in wall time was saturated. A saturated machine limits the results, so that they are not
 * valid for the network. For completed and recorded runs.
 */
public final class SaturationCheck {

    private static final double BUSY_SHARE = 0.95;

    /** The greatest share of saturated windows in a valid run. */
    private static final double SATURATED_SHARE = 0.1;

    private final Set<Long> unfitStartMs = new HashSet<>();
    private int windows;
    private int saturated;
    private boolean saturatedBefore;
    private double worstBusy;
    private double worstLateMs;

    /**
     * Adds the next window.
     *
     * @return whether its results can be trusted: the machine kept up in it and in the previous window, whose backlog it inherits
     */
    public boolean window(MachineLoad load) {
        boolean saturatedNow = load.late() || load.busy() > BUSY_SHARE;
        boolean fit = !saturatedNow && !saturatedBefore;
        saturatedBefore = saturatedNow;
        windows++;
        if (saturatedNow) saturated++;
        worstBusy = Math.max(worstBusy, load.busy());
        worstLateMs = Math.max(worstLateMs, load.worstLateMs());
        return fit;
    }

    /** @param blamed ids of checks that failed only in saturated windows */
    public HealthResult result(List<String> blamed) {
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

    /** The check of a recorded run; empty for a run without this measurement, such as one in virtual time. */
    static Optional<SaturationCheck> of(RunData data) {
        MetricSeries busy = data.series(Metric.TESTER_BUSY.id(), "", "mean");
        if (busy == null) return Optional.empty();
        SaturationCheck health = new SaturationCheck();
        for (int i = 0; i < busy.size(); i++) {
            double late = 0;
            double worst = 0;
            for (String of : new String[] {"of=timers", "of=inbox", "of=workers"}) {
                late = Math.max(late, at(data, of, "p95", busy.startMs(i)));
                worst = Math.max(worst, at(data, of, "max", busy.startMs(i)));
            }
            MachineLoad load = new MachineLoad(late > MachineLoad.LATE_MS, busy.value(i), worst);
            if (!health.window(load)) health.unfitStartMs.add(busy.startMs(i));
        }
        return Optional.of(health);
    }

    /** Whether the results of the window that begins at {@code startMs} can be trusted, in a recorded run. */
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
