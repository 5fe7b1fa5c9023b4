package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Metric;
import dev.kilonode.simulator.scenario.CheckRange;
import java.util.Map;

/**
 * One check of a scenario, with its words understood.
 *
 * @param limit in the metric's exported unit; over a trend the relative change
 * @param forMs over a window: how long the value must stay beyond the limit
 * @param abort whether the run ends when it fails
 * @param graceMs with abort: how long the run still goes on
 * @param severity {@code fail}, {@code warn} or {@code info}
 * @param minSamples fewer than this say nothing
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

    /** Whether none at all is an answer too: a count of what did not happen. */
    boolean zeroIsData() {
        return metric.isCounter() && metric.whole() == null;
    }

    /** Whether it is the tester that it judges, and not the network. */
    boolean aboutTester() {
        return metric.id().startsWith("jvm.") || metric.id().startsWith("tester.");
    }

    /** The labels asked for, in words: {@code cause=full}, or nothing. */
    public String labels() {
        StringBuilder words = new StringBuilder();
        new java.util.TreeMap<>(where)
                .forEach((label, value) -> words.append(words.length() == 0 ? "" : ", ")
                        .append(label)
                        .append('=')
                        .append(value));
        return words.toString();
    }

    /** What it is about when there is nothing: {@code upload.latency}, {@code transport.drops with cause=full}. */
    String subject() {
        return metric.id() + (where.isEmpty() ? "" : " with " + labels());
    }
}
