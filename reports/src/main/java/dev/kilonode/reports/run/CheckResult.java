package dev.kilonode.reports.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param id        name of the check in the scenario
 * @param metric    metric it reads
 * @param stat      statistic of that metric ({@code p99}, {@code rate}, {@code trend}, ...)
 * @param op        comparison that must hold ({@code <=}, {@code <}, {@code >=}, {@code >}, {@code ==})
 * @param limit     what the value is compared with, in the metric's unit
 * @param status    what came of it
 * @param actual    the value found; null if there was none to find
 * @param worstAtMs when it was worst, ms since the start of the run; null if unknown
 * @param because   a sentence for a person
 * @param samples   how many samples the value stands on
 * @param where     labels of the series it reads, {@code key=value} parted by commas; empty: all series
 * @param over      the stretch it looks at, as the scenario says it: {@code run}, {@code phase hold}, {@code window 10m}, {@code trend}
 * @param severity  what it means when it does not hold: {@code fail}, {@code warn} or {@code info}
 * @param why       what the numbers do not say, above all why it is inconclusive; may be empty
 * @param trend     over a trend that could be tested: what was found; otherwise null
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

    /** Metric of the built-in check {@code baseline}: judged numbers that are worse than all of the baseline. */
    public static final String WORSE_THAN_BASELINE = "baseline.worse";

    /** Whether it is none of the scenario's: the command made it, and data cannot decide it again. */
    public boolean builtIn() {
        return RUN_TIME.equals(metric) || WORSE_THAN_BASELINE.equals(metric); // null in a damaged file
    }

    /** The same rule, of which nothing can be said; {@code why} not. */
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

    /** What came of a check. */
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

    /** A check over the whole run that fails it. */
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

    /** @throws IllegalArgumentException if a number is not finite, or a check without a value is said to pass */
    @SuppressWarnings({"ConstantConditions", "NullAway"
    }) // Jackson hands null for a key that an older file does not have
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
