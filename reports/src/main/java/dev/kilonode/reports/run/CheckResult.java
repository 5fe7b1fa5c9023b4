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
        long samples) {

    /** What came of a check. */
    public enum Status {
        @JsonProperty("pass")
        PASS,
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("inconclusive")
        INCONCLUSIVE,
        @JsonProperty("warn")
        WARN;

        /** The word in the file: {@code pass}, {@code fail}, {@code inconclusive} or {@code warn}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a number is not finite, or a check without a value is said to pass */
    public CheckResult {
        if (!Double.isFinite(limit) || (actual != null && !Double.isFinite(actual))) {
            throw new IllegalArgumentException("check " + id + ": got limit " + limit + " and actual " + actual
                    + ", expected finite numbers; write null for a value that does not exist");
        }
        if (actual == null && status == Status.PASS) {
            throw new IllegalArgumentException("check " + id + " passes without a value; say inconclusive");
        }
    }
}
