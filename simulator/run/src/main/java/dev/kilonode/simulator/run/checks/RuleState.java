package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.simulator.scenario.Timeline;
import java.util.Objects;

/**
 * A rule, and its state after the windows seen so far, in order. Memory does not grow with the content of a window.
 *
 * <p>A rule fails only when it can no longer be met: windows that were left out, or that are missing because the run ended early, might
 * have been as good as possible.
 */
abstract sealed class RuleState permits RangeRule, SlidingRule, TrendRule {

    final Rule rule;
    final WorstWindow worst;
    private boolean exists;

    RuleState(Rule rule) {
        this.rule = rule;
        this.worst = new WorstWindow(rule.comparison());
    }

    static RuleState of(Rule rule, Timeline timeline) {
        return switch (rule.over().kind()) {
            case RUN -> new RangeRule(rule, "the run", timeline.whole());
            case PHASE ->
                new RangeRule(
                        rule,
                        "phase " + rule.over().phase(),
                        Objects.requireNonNull(timeline.phase(rule.over().phase()), "the validator knows all phases"));
            case WINDOW -> new SlidingRule(rule);
            case TREND -> new TrendRule(rule, timeline);
        };
    }

    /** Adds a complete window. */
    final void window(long startMs, long endMs, Aggregate aggregate) {
        exists |= aggregate.exists();
        see(startMs, endMs, aggregate);
    }

    /** Leaves a window out, as if nothing were known of it. */
    abstract void skip(long startMs, long endMs);

    /** The outcome at {@code nowMs}. */
    final CheckOutcome evaluate(long nowMs, EvaluationTime moment) {
        if (exists) return conclude(nowMs, moment);
        String why = nowMs == 0 ? "the run has no window" : "nothing produced " + rule.subject();
        return new CheckOutcome(rule, CheckStatus.INCONCLUSIVE, Double.NaN, 0, new WorstWindow(rule.comparison()), why);
    }

    abstract void see(long startMs, long endMs, Aggregate aggregate);

    abstract CheckOutcome conclude(long nowMs, EvaluationTime moment);

    /** When the run should end because of this rule, in ms since its start; {@link Long#MAX_VALUE} if it need not. */
    long endsRunAtMs() {
        return Long.MAX_VALUE;
    }

    final CheckStatus compared(double actual) {
        return rule.comparison().holds(actual, rule.limit()) ? CheckStatus.PASS : CheckStatus.violated(rule.severity());
    }

    /** Whether this number of samples, with this value, is too small to decide. */
    final boolean tooFew(double value, long samples) {
        return Double.isNaN(value) || (!rule.zeroIsData() && samples < rule.minSamples());
    }

    final String tooFewWords(long samples) {
        return samples == 0
                ? "no data: " + rule.subject() + " had no sample"
                : "too little data: " + samples + (samples == 1 ? " sample, " : " samples, ") + rule.minSamples()
                        + " wanted";
    }
}
