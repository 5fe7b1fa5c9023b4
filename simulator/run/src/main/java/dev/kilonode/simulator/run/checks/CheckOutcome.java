package dev.kilonode.simulator.run.checks;

import dev.kilonode.reports.statistics.Trend;
import org.jspecify.annotations.Nullable;

/**
 * What became of a check.
 *
 * @param actual what is compared with the limit, in its unit: over a window the worst one, over a trend the projected change; NaN when
 *     there is no data
 * @param samples how many values it rests on
 * @param worstAtMs start of the window in which the statistic stood worst
 * @param worst its value there, NaN when no window had data
 * @param trend over a trend: what was found; its p-value is its own, not raised for the other series
 * @param pValue over a trend: raised for the number of series; 1 otherwise
 * @param why what the numbers do not say, above all why it is inconclusive; may be empty
 */
public record CheckOutcome(
        Rule rule,
        CheckStatus status,
        double actual,
        long samples,
        long worstAtMs,
        double worst,
        @Nullable Trend trend,
        double pValue,
        String why) {

    CheckOutcome(Rule rule, CheckStatus status, double actual, long samples, WorstWindow worst, String why) {
        this(rule, status, actual, samples, worst.atMs(), worst.value(), null, 1, why);
    }

    /** Whether the limit was not met, whatever that means for the run. */
    boolean violated() {
        return status == CheckStatus.violated(rule.severity());
    }

    /** The same numbers, which say nothing. */
    CheckOutcome inconclusive(String reason) {
        return new CheckOutcome(
                rule, CheckStatus.INCONCLUSIVE, actual, samples, worstAtMs, worst, trend, pValue, reason);
    }
}
