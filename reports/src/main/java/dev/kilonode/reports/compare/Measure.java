package dev.kilonode.reports.compare;

import dev.kilonode.reports.model.Format;
import java.util.List;

/**
 * A number that each run has, and what it means for it to change.
 *
 * @param id    as in {@code summary.json}, or derived from it: {@code upload.latency.p95}, {@code upload.failed.ratio}
 * @param label what people read
 * @param tier  how much its change matters
 * @param less  whether less is better
 * @param floor least change that matters, in the measure's unit: a third of nothing is nothing
 */
public record Measure(String id, String label, Tier tier, boolean less, double floor) {

    /** How much a change matters. */
    public enum Tier {
        /** What a person who uploads feels; a gate closes on it. */
        OUTCOME,
        /** What lies behind it; a gate closes on it too, but it is held to a stricter level, so that it cannot drown the outcomes. */
        CAUSE,
        /** Shown for orientation, not tested. */
        CONTEXT
    }

    /** Outcomes and causes, in order of reading. */
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

    /** The judged measure of that name, or one for orientation. */
    public static Measure of(String id) {
        return JUDGED.stream()
                .filter(m -> m.id.equals(id))
                .findFirst()
                .orElseGet(() -> new Measure(id, id.replace('.', ' '), Tier.CONTEXT, !MORE_IS_BETTER.contains(id), 0));
    }

    /** The same, judged because somebody asked for it. */
    Measure judged() {
        return new Measure(id, label, Tier.OUTCOME, less, floor);
    }

    /** A value in words: {@code 29.1 s}, {@code 0.3 %}. */
    public String words(double value) {
        int dot = id.lastIndexOf('.');
        String words = Format.quantity(id.substring(0, Math.max(0, dot)), id.substring(dot + 1), Math.abs(value));
        return value < 0 ? "-" + words : words;
    }

    /** A change in words, with its sign. */
    public String change(double value) {
        return (value > 0 ? "+" : "") + words(value);
    }
}
