package dev.kilonode.simulator.run.checks;

import dev.kilonode.reports.statistics.Trend;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a check.
 *
 * @param actual the value compared with the limit, in its unit: over a window the worst one, over a trend the projected change; NaN if
 *     there is no data
 * @param samples number of samples it is based on
 * @param worstAtMs start of the window with the worst value of the statistic
 * @param worst that value; NaN if no window had data
 * @param trend over a trend: the analysis; its p-value is not corrected for the number of series
 * @param pValue over a trend: corrected for the number of series; 1 otherwise
 * @param why explanation beyond the numbers, in particular why it is inconclusive; may be empty
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

    /** Whether the limit was not met, whatever its severity. */
    boolean violated() {
        return status == CheckStatus.violated(rule.severity());
    }

    /** The same numbers with status inconclusive. */
    CheckOutcome inconclusive(String reason) {
        return new CheckOutcome(
                rule, CheckStatus.INCONCLUSIVE, actual, samples, worstAtMs, worst, trend, pValue, reason);
    }
}
