package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.simulator.scenario.CheckRange;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Timeline;
import java.time.Duration;

/** A rule over the whole run or over one phase, aggregated over its windows. */
final class RangeRule extends RuleState {

    private final String name;
    private final Timeline.Span range;
    private final Aggregate all;
    private long seenMs;
    private long skippedMs;
    private boolean ended;
    private long failedAtMs = Long.MAX_VALUE;

    /**
     * @param name name of the range, for messages
     * @param range the range as planned
     */
    RangeRule(Rule rule, String name, Timeline.Span range) {
        super(rule);
        this.name = name;
        this.range = range;
        this.all = new Aggregate(rule.metric());
    }

    @Override
    void see(long startMs, long endMs, Aggregate aggregate) {
        if (range.holds(startMs, endMs)) {
            seenMs += endMs - startMs;
            all.add(aggregate);
            worst.look(aggregate.value(rule.stat()), startMs);
        }
        ends(endMs);
    }

    @Override
    void skip(long startMs, long endMs) {
        if (range.holds(startMs, endMs)) skippedMs += endMs - startMs;
        ends(endMs);
    }

    private void ends(long endMs) {
        if (ended || endMs < range.toMs()) return;
        ended = true;
        if (rule.abort() && conclude(endMs, EvaluationTime.END).status() == CheckStatus.FAIL) failedAtMs = endMs;
    }

    @Override
    CheckOutcome conclude(long nowMs, EvaluationTime moment) {
        double actual = seenMs > 0 ? all.value(rule.stat()) : Double.NaN;
        long samples = all.samples();
        long missingMs = ended || (moment == EvaluationTime.END && whole())
                ? 0
                : range.toMs() - Math.min(range.toMs(), Math.max(nowMs, range.fromMs()));
        String partial = missingMs == 0 ? "" : partial(nowMs);
        if (tooFew(actual, samples)) return open(actual, samples, partial.isEmpty() ? tooFewWords(samples) : partial);
        if (rule.comparison().holds(actual, rule.limit())) {
            return partial.isEmpty() || whole()
                    ? new CheckOutcome(rule, CheckStatus.PASS, actual, samples, worst, "")
                    : open(actual, samples, partial);
        }
        // during the run, a violated limit is reported unless more time alone could meet it
        double share = moment == EvaluationTime.DURING ? 1 : (double) seenMs / (seenMs + skippedMs + missingMs);
        boolean allSeen = skippedMs + missingMs == 0;
        if (allSeen || !BestCase.holds(rule, all, share)) {
            return new CheckOutcome(rule, CheckStatus.violated(rule.severity()), actual, samples, worst, "");
        }
        String why = partial.isEmpty() ? text(skippedMs) + " of it was left out" : partial;
        return open(actual, samples, why + ", and the missing part could still have met the limit");
    }

    private boolean whole() {
        return rule.over().kind() == CheckRange.Kind.RUN;
    }

    private String partial(long nowMs) {
        if (seenMs + skippedMs == 0) return name + " had not begun";
        String lasted = text(nowMs - range.fromMs()) + " of " + text(range.toMs() - range.fromMs());
        return name + " was not over, it had lasted " + lasted;
    }

    private static String text(long ms) {
        return Durations.text(Duration.ofMillis(ms));
    }

    private CheckOutcome open(double actual, long samples, String why) {
        return new CheckOutcome(rule, CheckStatus.INCONCLUSIVE, actual, samples, worst, why);
    }

    @Override
    long endsRunAtMs() {
        return failedAtMs == Long.MAX_VALUE ? failedAtMs : failedAtMs + rule.graceMs();
    }
}
