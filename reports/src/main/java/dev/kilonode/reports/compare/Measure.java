package dev.kilonode.reports.compare;

import dev.kilonode.reports.model.Format;
import java.util.List;

/**
 * A metric of a run as comparisons use it.
 *
 * @param id as in {@code summary.json}, or derived from it: {@code upload.latency.p95}, {@code upload.failed.ratio}
 * @param label name for people
 * @param tier importance of its changes
 * @param less whether smaller values are better
 * @param floor smallest relevant change, in the metric's unit; relative changes of tiny values do not matter
 */
public record Measure(String id, String label, Tier tier, boolean less, double floor) {

    /** Importance of a change. */
    public enum Tier {
        /** Seen by users; can fail a gate. */
        OUTCOME,
        /** A cause of outcomes. Can fail a gate too, at a stricter level, so that causes do not mask the outcomes. */
        CAUSE,
        /** Shown for context, not tested. */
        CONTEXT
    }

    /** Outcomes and causes, in reading order. */
    public static final List<Measure> JUDGED = List.of(
            new Measure("upload.latency.p50", "upload latency p50", Tier.OUTCOME, true, 1),
            new Measure("upload.latency.p95", "upload latency p95", Tier.OUTCOME, true, 1),
            new Measure("upload.failed.ratio", "uploads failed", Tier.OUTCOME, true, 0.005),
            new Measure("transport.drops.ratio", "messages dropped", Tier.OUTCOME, true, 1e-5),
            new Measure("identity.timeouts.ratio", "identity exchanges timed out", Tier.OUTCOME, true, 0.001),
            new Measure("registration.latency.mean", "registration, mean", Tier.CAUSE, true, 0.01),
            new Measure("registry.lock.utilisation.mean", "registry lock in use", Tier.CAUSE, true, 0.001),
            new Measure("host.cpu.mean", "processors busy", Tier.CAUSE, true, 0.001));

    private static final List<String> MORE_IS_BETTER = List.of("upload.succeeded.count");

    /** The judged metric with that id, or one for context. */
    public static Measure of(String id) {
        return JUDGED.stream()
                .filter(m -> m.id.equals(id))
                .findFirst()
                .orElseGet(() -> new Measure(id, id.replace('.', ' '), Tier.CONTEXT, !MORE_IS_BETTER.contains(id), 0));
    }

    /** The same metric, judged because the user asked for it. */
    Measure judged() {
        return new Measure(id, label, Tier.OUTCOME, less, floor);
    }

    /** A value with its unit: {@code 29.1 s}, {@code 0.3 %}. */
    public String words(double value) {
        int dot = id.lastIndexOf('.');
        String words = Format.quantity(id.substring(0, Math.max(0, dot)), id.substring(dot + 1), Math.abs(value));
        return value < 0 ? "-" + words : words;
    }

    /** A change with its sign and unit. */
    public String change(double value) {
        return (value > 0 ? "+" : "") + words(value);
    }
}
