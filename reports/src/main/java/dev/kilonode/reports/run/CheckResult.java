package dev.kilonode.reports.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param id name of the check in the scenario
 * @param metric metric that the check reads
 * @param stat statistic of that metric ({@code p99}, {@code rate}, {@code trend}, ...)
 * @param op comparison that must hold ({@code <=}, {@code <}, {@code >=}, {@code >}, {@code ==})
 * @param limit value on the right of the comparison, in the metric's unit
 * @param status result of the comparison
 * @param actual measured value; null if there was none
 * @param worstAtMs time of the worst value, ms since the start of the run; null if unknown
 * @param because the scenario's reason for the check, a sentence
 * @param samples number of samples behind the value
 * @param where labels of the series it reads, {@code key=value} separated by commas; empty: all series
 * @param over time range as the scenario names it: {@code run}, {@code phase hold}, {@code window 10m}, {@code trend}
 * @param severity effect of a violation: {@code fail}, {@code warn} or {@code info}
 * @param why explanation beyond the numbers, above all of an inconclusive result; may be empty
 * @param trend test result of a trend check; null for other checks and for trends that could not be tested
 */
public record CheckResult(
        String id,
        String metric,
        String stat,
        String op,
        double limit,
        Status status,
        @Nullable Double actual,
        @Nullable Long worstAtMs,
        String because,
        long samples,
        String where,
        String over,
        String severity,
        String why,
        @Nullable TrendResult trend) {

    /** Metric of the built-in check {@code time-budget}: real time that the run took, ms. */
    public static final String RUN_TIME = "run.time";

    /** Metric of the built-in check {@code baseline}: number of judged metrics that are worse than in every run of the baseline. */
    public static final String WORSE_THAN_BASELINE = "baseline.worse";

    /** Metric of the built-in check {@code invariants}: violations of invariants. */
    public static final String INVARIANTS = "invariants";

    /** Whether the command added the check. It is not part of the scenario, and the run's data cannot evaluate it again. */
    public boolean builtIn() {
        // null in a damaged file
        return RUN_TIME.equals(metric) || WORSE_THAN_BASELINE.equals(metric) || INVARIANTS.equals(metric);
    }

    /** The same check with an inconclusive result and the given explanation. */
    public CheckResult inconclusive(String why) {
        return new CheckResult(
                id,
                metric,
                stat,
                op,
                limit,
                Status.INCONCLUSIVE,
                null,
                null,
                because,
                0,
                where,
                over,
                severity,
                why,
                null);
    }

    /** The result of a check. */
    public enum Status {
        @JsonProperty("pass")
        PASS,
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("inconclusive")
        INCONCLUSIVE,
        @JsonProperty("warn")
        WARN,
        @JsonProperty("info")
        INFO;

        /** The word in the file: {@code pass}, {@code fail}, {@code inconclusive}, {@code warn} or {@code info}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A check over the whole run with severity {@code fail}. */
    public CheckResult(
            String id,
            String metric,
            String stat,
            String op,
            double limit,
            Status status,
            @Nullable Double actual,
            @Nullable Long worstAtMs,
            String because,
            long samples) {
        this(id, metric, stat, op, limit, status, actual, worstAtMs, because, samples, "", "run", "fail", "", null);
    }

    /** @throws IllegalArgumentException if a number is not finite, or if a check without a value passes */
    @SuppressWarnings({"ConstantConditions", "NullAway"}) // Jackson passes null for a key that an older file lacks
    public CheckResult {
        where = where == null ? "" : where;
        over = over == null ? "run" : over;
        severity = severity == null ? "fail" : severity;
        why = why == null ? "" : why;
        if (!Double.isFinite(limit) || (actual != null && !Double.isFinite(actual))) {
            throw new IllegalArgumentException("check " + id + ": got limit " + limit + " and actual " + actual
                    + ", expected finite numbers; write null for a value that does not exist");
        }
        if (actual == null && status == Status.PASS) {
            throw new IllegalArgumentException("check " + id + " passes without a value; say inconclusive");
        }
    }
}
