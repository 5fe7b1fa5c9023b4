package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Metric;
import dev.kilonode.simulator.scenario.CheckRange;
import java.util.Map;

/**
 * One check of a scenario, parsed.
 *
 * @param limit in the metric's exported unit; over a trend the relative change
 * @param forMs over a window: how long the value must violate the limit
 * @param abort whether the run ends when the check fails
 * @param graceMs with abort: how long the run still continues
 * @param severity {@code fail}, {@code warn} or {@code info}
 * @param minSamples fewer samples are inconclusive
 */
public record Rule(
        String id,
        Metric metric,
        String stat,
        ComparisonOperator comparison,
        double limit,
        Map<String, String> where,
        CheckRange over,
        long forMs,
        boolean abort,
        long graceMs,
        String severity,
        long minSamples,
        String because) {

    /** Whether zero samples are data too: a count of events that did not happen. */
    boolean zeroIsData() {
        return metric.isCounter() && metric.whole() == null;
    }

    /** Whether it checks the tester and not the network. */
    boolean aboutTester() {
        return metric.id().startsWith("jvm.") || metric.id().startsWith("tester.");
    }

    /** The selected labels in words: {@code cause=full}, or empty. */
    public String labels() {
        StringBuilder words = new StringBuilder();
        new java.util.TreeMap<>(where)
                .forEach((label, value) -> words.append(words.length() == 0 ? "" : ", ")
                        .append(label)
                        .append('=')
                        .append(value));
        return words.toString();
    }

    /** The metric with its labels, for messages: {@code upload.latency}, {@code transport.drops with cause=full}. */
    String subject() {
        return metric.id() + (where.isEmpty() ? "" : " with " + labels());
    }
}
