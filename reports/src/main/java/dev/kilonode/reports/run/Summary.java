package dev.kilonode.reports.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code summary.json}: the results of a run for programs. Its schema is {@code docs/summary.schema.json}.
 *
 * @param schema version of this file, {@link #SCHEMA}
 * @param verdict verdict on the run
 * @param exitCode exit code of the command
 * @param scenario name of the scenario
 * @param scenarioHash hash of the resolved scenario
 * @param seed seed of the run
 * @param clock {@code virtual} or {@code wall}
 * @param nodes number of nodes
 * @param durationMs length of the run on its own clock
 * @param wallMs length of the run on the wall clock
 * @param cpuMs processor time that the run used
 * @param messagesDelivered messages that reached a node
 * @param digest digest of a virtual run, in hex; empty for a wall run
 * @param checks results of the checks, in the scenario's order
 * @param metrics headline numbers by name, such as {@code upload.latency.p95}; finite
 * @param health conditions for a valid measurement
 * @param reasons reasons for the verdict, the root cause first; empty in files of older versions
 */
public record Summary(
        int schema,
        Verdict verdict,
        int exitCode,
        String scenario,
        String scenarioHash,
        long seed,
        String clock,
        int nodes,
        long durationMs,
        long wallMs,
        long cpuMs,
        long messagesDelivered,
        String digest,
        List<CheckResult> checks,
        Map<String, Double> metrics,
        List<HealthResult> health,
        List<String> reasons) {

    /** Version of the file's layout. */
    public static final int SCHEMA = 1;

    /** The verdict on a run. */
    public enum Verdict {
        @JsonProperty("pass")
        PASS,
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("inconclusive")
        INCONCLUSIVE
    }

    /** A summary without health results and reasons. */
    public Summary(
            int schema,
            Verdict verdict,
            int exitCode,
            String scenario,
            String scenarioHash,
            long seed,
            String clock,
            int nodes,
            long durationMs,
            long wallMs,
            long cpuMs,
            long messagesDelivered,
            String digest,
            List<CheckResult> checks,
            Map<String, Double> metrics) {
        this(
                schema,
                verdict,
                exitCode,
                scenario,
                scenarioHash,
                seed,
                clock,
                nodes,
                durationMs,
                wallMs,
                cpuMs,
                messagesDelivered,
                digest,
                checks,
                metrics,
                List.of(),
                List.of());
    }

    /** The same summary with another verdict and check results. */
    public Summary with(RunVerdict decided, List<CheckResult> found) {
        return new Summary(
                schema,
                decided.result(),
                decided.exitCode(),
                scenario,
                scenarioHash,
                seed,
                clock,
                nodes,
                durationMs,
                wallMs,
                cpuMs,
                messagesDelivered,
                digest,
                found,
                metrics,
                health,
                decided.reasons());
    }

    /** @throws IllegalArgumentException if a metric is not finite */
    @SuppressWarnings({"ConstantConditions", "NullAway"}) // Jackson passes null for a key that an older file lacks
    public Summary {
        health = health == null ? List.of() : List.copyOf(health);
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        checks = List.copyOf(checks);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        metrics.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("metrics." + name + ": got " + value
                        + ", expected a finite number; leave out what does not exist");
            }
        });
    }
}
