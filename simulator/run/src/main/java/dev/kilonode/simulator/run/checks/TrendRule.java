package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.reports.statistics.TimeSeries;
import dev.kilonode.reports.statistics.Trend;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Timeline;
import java.time.Duration;
import java.util.Locale;

/**
 * A rule on the change from the beginning of the run to its end. It keeps one number per calm window. The outcome depends on the other
 * trends of the run, since each of them is a further chance of a false alarm.
 */
final class TrendRule extends RuleState {

    private final Timeline timeline;
    private final TimeSeries course = new TimeSeries();
    private final double floor;
    private long samples;
    private boolean cutShort;

    TrendRule(Rule rule, Timeline timeline) {
        super(rule);
        this.timeline = timeline;
        this.floor = rule.metric().floor(rule.stat());
    }

    @Override
    void see(long startMs, long endMs, Aggregate aggregate) {
        if (!timeline.calm(startMs, endMs)) return;
        double value = aggregate.value(rule.stat());
        if (tooFew(value, aggregate.samples())) value = Double.NaN;
        else samples += aggregate.samples();
        course.add(startMs, endMs, value);
        worst.look(value, startMs);
    }

    @Override
    void skip(long startMs, long endMs) {
        if (timeline.calm(startMs, endMs)) course.add(startMs, endMs, Double.NaN);
    }

    /** Trends are evaluated after the run only. */
    @Override
    CheckOutcome conclude(long nowMs, EvaluationTime moment) {
        if (moment == EvaluationTime.DURING) return open("a trend is evaluated after the run");
        Trend trend = Trend.of(course, floor);
        if (!trend.tested()) return open(trend.fault());
        cutShort = moment == EvaluationTime.CUT_SHORT;
        return evaluated(trend, trend.pValue());
    }

    /**
     * A change beyond the limit fails if it is significant, and is inconclusive if it is doubtful. If the limit requires a change, so
     * that a constant series violates it, only a significant change passes.
     *
     * @param pValue corrected for the number of series that were tested
     */
    CheckOutcome evaluated(Trend trend, double pValue) {
        boolean counts = Math.abs(trend.end() - trend.start()) > floor;
        boolean beyond = !rule.comparison().holds(trend.change(), rule.limit());
        boolean asked = !rule.comparison().holds(0, rule.limit());
        Trend.Evidence evidence = trend.evidence(pValue);
        if (cutShort) {
            boolean clear = beyond && counts && evidence == Trend.Evidence.CLEAR;
            String soFar = clear ? "it changed by more than the limit so far, but " : "";
            String why = soFar + "the run was cut short, and a trend needs all of it";
            return outcome(CheckStatus.INCONCLUSIVE, trend, pValue, why);
        }
        if (asked ? beyond || !counts : beyond && counts && evidence == Trend.Evidence.CLEAR) {
            String why = asked && !counts ? "too small a change to count for this metric" : "";
            return outcome(CheckStatus.violated(rule.severity()), trend, pValue, why);
        }
        Long stops = trend.stopsMs();
        if (stops != null) {
            String why = "the data stop at " + Durations.text(Duration.ofMillis(stops));
            return outcome(CheckStatus.INCONCLUSIVE, trend, pValue, why);
        }
        if (asked ? evidence != Trend.Evidence.CLEAR : beyond && counts && evidence == Trend.Evidence.DOUBTFUL) {
            return outcome(CheckStatus.INCONCLUSIVE, trend, pValue, doubt(trend));
        }
        String why = !beyond ? "" : counts ? "not significant" : "too small a change to count for this metric";
        return outcome(CheckStatus.PASS, trend, pValue, why);
    }

    private static String doubt(Trend trend) {
        if (trend.coarse()) return "a change by so few whole numbers can be rounding";
        return String.format(
                Locale.ROOT,
                "noise like that of these %d windows (autocorrelation %.1f) can explain this; about %d windows would"
                        + " decide",
                trend.windows(),
                trend.autocorrelation(),
                trend.windowsNeeded());
    }

    private CheckOutcome open(String why) {
        return new CheckOutcome(
                rule, CheckStatus.INCONCLUSIVE, Double.NaN, samples, worst.atMs(), worst.value(), null, 1, why);
    }

    private CheckOutcome outcome(CheckStatus status, Trend trend, double pValue, String why) {
        return new CheckOutcome(rule, status, trend.change(), samples, worst.atMs(), worst.value(), trend, pValue, why);
    }
}
