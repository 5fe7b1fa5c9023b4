package dev.kilonode.simulator.checks;

import dev.kilonode.simulator.metrics.Amount;

/** A rule, and what it has seen so far: window by window, in order. Memory does not grow with what a window holds. */
abstract sealed class RuleState permits StretchRule, SlidingRule, TrendRule {

    final Rule rule;
    final Worst worst;
    private boolean exists;

    RuleState(Rule rule) {
        this.rule = rule;
        this.worst = new Worst(rule.comparison());
    }

    static RuleState of(Rule rule, dev.kilonode.simulator.scenario.Timeline timeline) {
        return switch (rule.over().kind()) {
            case RUN -> new StretchRule(rule, null);
            case PHASE -> new StretchRule(rule, timeline.phase(rule.over().phase()));
            case WINDOW -> new SlidingRule(rule);
            case TREND -> new TrendRule(rule, timeline);
        };
    }

    /** Shows a window that is complete. */
    final void window(long startMs, long endMs, Amount amount) {
        exists |= amount.exists();
        see(startMs, endMs, amount);
    }

    /** The outcome if the run ended now; {@code over} when it really has. */
    final Outcome judge(long nowMs, boolean over) {
        if (exists) return conclude(nowMs, over);
        String why = nowMs == 0 ? "the run has no window" : "nothing produced " + rule.subject();
        return new Outcome(rule, CheckStatus.INCONCLUSIVE, Double.NaN, 0, new Worst(rule.comparison()), why);
    }

    abstract void see(long startMs, long endMs, Amount amount);

    abstract Outcome conclude(long nowMs, boolean over);

    /** When the run should end because of this rule, ms since its start; {@link Long#MAX_VALUE}: it need not. */
    long endsRunAtMs() {
        return Long.MAX_VALUE;
    }

    final CheckStatus compared(double actual) {
        return rule.comparison().holds(actual, rule.limit()) ? CheckStatus.PASS : CheckStatus.violated(rule.severity());
    }

    /** Whether so many samples, with this value, are too few to say anything. */
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
