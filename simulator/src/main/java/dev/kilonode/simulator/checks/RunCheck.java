package dev.kilonode.simulator.checks;

import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import java.util.Map;

/**
 * One rule over the whole run, which also remembers its worst window. A rule without data is inconclusive, never passed.
 *
 * @see <a href="docs/metrics.md">metrics and their statistics</a>
 */
public final class RunCheck {

    private final String id;
    private final Metric metric;
    private final String stat;
    private final Comparison comparison;
    private final double limit;
    private final Map<String, String> where;
    private final boolean warnsOnly;
    private final long minSamples;
    private final String because;
    private double worst = Double.NaN;
    private long worstAtMs;

    /** @param limit in the metric's exported unit */
    public RunCheck(
            String id,
            Metric metric,
            String stat,
            Comparison comparison,
            double limit,
            Map<String, String> where,
            boolean warnsOnly,
            long minSamples,
            String because) {
        this.id = id;
        this.metric = metric;
        this.stat = stat;
        this.comparison = comparison;
        this.limit = limit;
        this.where = where;
        this.warnsOnly = warnsOnly;
        this.minSamples = minSamples;
        this.because = because;
    }

    /** Looks at the open window, before it closes. */
    public void look(MetricSet metrics, long windowStartMs, double windowSeconds) {
        double value = metrics.inWindow(metric, where, stat, windowSeconds);
        if (Double.isNaN(value) || !(Double.isNaN(worst) || comparison.worse(value, worst))) return;
        worst = value;
        worstAtMs = windowStartMs;
    }

    /** Judges the whole run. */
    public Outcome judge(MetricSet metrics, double runSeconds) {
        double actual = metrics.overRun(metric, where, stat, runSeconds);
        long samples = metrics.samples(metric, where);
        return new Outcome(
                id,
                metric,
                stat,
                comparison,
                limit,
                actual,
                samples,
                worstAtMs,
                worst,
                because,
                status(actual, samples));
    }

    private CheckStatus status(double actual, long samples) {
        boolean zeroIsData = metric.isCounter() && metric.whole() == null; // nothing of the kind happened
        if (Double.isNaN(actual) || (!zeroIsData && samples < minSamples)) return CheckStatus.INCONCLUSIVE;
        if (comparison.holds(actual, limit)) return CheckStatus.PASS;
        return warnsOnly ? CheckStatus.WARN : CheckStatus.FAIL;
    }

    /**
     * What became of a check.
     *
     * @param actual in the metric's unit, NaN when there is no data
     * @param worstAtMs start of the window in which the statistic stood worst
     * @param worst its value there, NaN when no window had data
     */
    public record Outcome(
            String id,
            Metric metric,
            String stat,
            Comparison comparison,
            double limit,
            double actual,
            long samples,
            long worstAtMs,
            double worst,
            String because,
            CheckStatus status) {}
}
