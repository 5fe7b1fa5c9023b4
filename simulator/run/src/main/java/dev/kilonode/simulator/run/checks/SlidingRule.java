package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.simulator.scenario.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A rule over a sliding window, which covers several windows of the run and moves by one of these. It fails once the value has violated
 * the limit in every sliding window that ended within {@code for}; windows without enough data are ignored.
 */
final class SlidingRule extends RuleState {

    /** Share of the run for which data may be missing at its end. */
    private static final double TAIL = 0.1;

    private record Part(long startMs, long endMs, Aggregate aggregate) {}

    private static final long NEVER = Long.MIN_VALUE;

    private final long lengthMs;
    private final Deque<Part> parts = new ArrayDeque<>();
    private Aggregate all;
    private boolean lasted;
    private long lastEvaluatedMs = NEVER;
    private long beyondSinceMs = NEVER;
    private long longestMs;
    private long failingSinceMs = NEVER;
    private boolean failed;
    private long evaluated;
    private long windows;
    private long samples;

    SlidingRule(Rule rule) {
        super(rule);
        this.lengthMs = rule.over().window().toMillis();
        this.all = new Aggregate(rule.metric());
    }

    @Override
    void see(long startMs, long endMs, Aggregate aggregate) {
        parts.addLast(new Part(startMs, endMs, aggregate));
        all.add(aggregate);
        while (endMs - parts.getFirst().startMs() > lengthMs) {
            Aggregate gone = parts.removeFirst().aggregate();
            all.subtract(gone, parts.stream().map(Part::aggregate)::iterator);
        }
        if (endMs - parts.getFirst().startMs() < lengthMs) return; // the run is still shorter than the window
        lasted = true;
        double value = all.value(rule.stat());
        if (evaluated > 0) windows++;
        if (tooFew(value, all.samples())) return;
        if (evaluated == 0) windows = 1; // windows before the first data, such as before the load begins, do not count
        evaluated++;
        lastEvaluatedMs = endMs;
        samples = Math.max(samples, all.samples());
        worst.look(value, parts.getFirst().startMs());
        if (rule.comparison().holds(value, rule.limit())) {
            beyondSinceMs = NEVER;
            failingSinceMs = NEVER;
            return;
        }
        if (beyondSinceMs == NEVER) beyondSinceMs = endMs;
        longestMs = Math.max(longestMs, endMs - beyondSinceMs);
        if (endMs - beyondSinceMs < rule.forMs() || failingSinceMs != NEVER) return;
        failingSinceMs = endMs;
        failed = true;
    }

    /** A sliding window never spans a skipped window. */
    @Override
    void skip(long startMs, long endMs) {
        parts.clear();
        all = new Aggregate(rule.metric());
        beyondSinceMs = NEVER;
    }

    @Override
    CheckOutcome conclude(long nowMs, EvaluationTime moment) {
        boolean over = moment != EvaluationTime.DURING;
        if (failed && (over || failingSinceMs != NEVER)) {
            return outcome(CheckStatus.violated(rule.severity()), beyondWords());
        }
        String open = whyOpen(nowMs, over);
        if (!open.isEmpty()) return outcome(CheckStatus.INCONCLUSIVE, open);
        boolean excused = !Double.isNaN(worst.value()) && !rule.comparison().holds(worst.value(), rule.limit());
        String why = excused && rule.forMs() > 0
                ? "beyond the limit for " + text(longestMs) + " at most, " + text(rule.forMs()) + " are allowed"
                : "";
        return outcome(CheckStatus.PASS, why);
    }

    private String whyOpen(long nowMs, boolean over) {
        if (evaluated == 0) {
            String length = text(lengthMs);
            return lasted
                    ? "no window of " + length + " had " + rule.minSamples()
                            + (rule.minSamples() == 1 ? " sample of " : " samples of ") + rule.subject()
                    : "the run did not last " + length;
        }
        if (!over) return "";
        if (beyondSinceMs != NEVER) {
            return "beyond the limit when the run ended, for " + text(nowMs - beyondSinceMs) + " of "
                    + text(rule.forMs());
        }
        if (nowMs - lastEvaluatedMs > Math.max(lengthMs, (long) (TAIL * nowMs))) {
            return "the data stop: too few samples in every window that ended after " + text(lastEvaluatedMs);
        }
        return evaluated * 2 < windows
                ? "enough samples in only " + evaluated + " of " + windows + " windows of " + text(lengthMs)
                : "";
    }

    private String beyondWords() {
        return rule.forMs() == 0 ? "" : "beyond the limit for " + text(Math.max(longestMs, rule.forMs()));
    }

    private CheckOutcome outcome(CheckStatus status, String why) {
        return new CheckOutcome(rule, status, worst.value(), samples, worst, why);
    }

    @Override
    long endsRunAtMs() {
        return rule.abort() && failingSinceMs != NEVER ? failingSinceMs + rule.graceMs() : Long.MAX_VALUE;
    }

    private static String text(long ms) {
        return Durations.text(Duration.ofMillis(ms));
    }
}
