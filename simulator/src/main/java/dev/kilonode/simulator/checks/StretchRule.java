package dev.kilonode.simulator.checks;

import dev.kilonode.simulator.metrics.Amount;
import dev.kilonode.simulator.scenario.Timeline;
import org.jspecify.annotations.Nullable;

/** A rule over the whole run or over one phase, all windows of it put together. */
final class StretchRule extends RuleState {

    private final Timeline.@Nullable Span phase;
    private final Amount all;
    private boolean begun;
    private boolean ended;
    private long failedAtMs = Long.MAX_VALUE;

    /** @param phase null for the whole run */
    StretchRule(Rule rule, Timeline.@Nullable Span phase) {
        super(rule);
        this.phase = phase;
        this.all = new Amount(rule.metric());
    }

    @Override
    void see(long startMs, long endMs, Amount amount) {
        boolean within = phase == null || phase.holds(startMs, endMs);
        if (within) {
            begun = true;
            all.add(amount);
            worst.look(amount.value(rule.stat()), startMs);
        }
        if (phase == null || ended || endMs < phase.toMs()) return;
        ended = true;
        if (rule.abort() && conclude(endMs, true).status() == CheckStatus.FAIL) failedAtMs = endMs;
    }

    @Override
    Outcome conclude(long nowMs, boolean over) {
        double actual = begun ? all.value(rule.stat()) : Double.NaN;
        long samples = all.samples();
        if (phase != null && !ended) {
            String name = "phase " + rule.over().phase();
            return open(actual, samples, begun ? name + " was not over when the run ended" : name + " had not begun");
        }
        if (tooFew(actual, samples)) return open(actual, samples, tooFewWords(samples));
        return new Outcome(rule, compared(actual), actual, samples, worst, "");
    }

    private Outcome open(double actual, long samples, String why) {
        return new Outcome(rule, CheckStatus.INCONCLUSIVE, actual, samples, worst, why);
    }

    @Override
    long endsRunAtMs() {
        return failedAtMs == Long.MAX_VALUE ? failedAtMs : failedAtMs + rule.graceMs();
    }
}
