package dev.kilonode.simulator.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Over;
import dev.kilonode.simulator.scenario.Timeline;
import java.time.Duration;

/** A rule over the whole run or over one phase, all windows of it put together. */
final class StretchRule extends RuleState {

    private final String name;
    private final Timeline.Span stretch;
    private final Aggregate all;
    private long seenMs;
    private long skippedMs;
    private boolean ended;
    private long failedAtMs = Long.MAX_VALUE;

    /**
     * @param name of the stretch, for words
     * @param stretch as planned
     */
    StretchRule(Rule rule, String name, Timeline.Span stretch) {
        super(rule);
        this.name = name;
        this.stretch = stretch;
        this.all = new Aggregate(rule.metric());
    }

    @Override
    void see(long startMs, long endMs, Aggregate aggregate) {
        if (stretch.holds(startMs, endMs)) {
            seenMs += endMs - startMs;
            all.add(aggregate);
            worst.look(aggregate.value(rule.stat()), startMs);
        }
        ends(endMs);
    }

    @Override
    void skip(long startMs, long endMs) {
        if (stretch.holds(startMs, endMs)) skippedMs += endMs - startMs;
        ends(endMs);
    }

    private void ends(long endMs) {
        if (ended || endMs < stretch.toMs()) return;
        ended = true;
        if (rule.abort() && conclude(endMs, Moment.END).status() == CheckStatus.FAIL) failedAtMs = endMs;
    }

    @Override
    Outcome conclude(long nowMs, Moment moment) {
        double actual = seenMs > 0 ? all.value(rule.stat()) : Double.NaN;
        long samples = all.samples();
        long missingMs = ended || (moment == Moment.END && whole())
                ? 0
                : stretch.toMs() - Math.min(stretch.toMs(), Math.max(nowMs, stretch.fromMs()));
        String partial = missingMs == 0 ? "" : partial(nowMs);
        if (tooFew(actual, samples)) return open(actual, samples, partial.isEmpty() ? tooFewWords(samples) : partial);
        if (rule.comparison().holds(actual, rule.limit())) {
            return partial.isEmpty() || whole()
                    ? new Outcome(rule, CheckStatus.PASS, actual, samples, worst, "")
                    : open(actual, samples, partial);
        }
        // while the run goes on, what does not hold is said, unless more time alone would mend it
        double share = moment == Moment.DURING ? 1 : (double) seenMs / (seenMs + skippedMs + missingMs);
        boolean allSeen = skippedMs + missingMs == 0;
        if (allSeen || !BestCase.holds(rule, all, share)) {
            return new Outcome(rule, CheckStatus.violated(rule.severity()), actual, samples, worst, "");
        }
        String why = partial.isEmpty() ? text(skippedMs) + " of it were left out" : partial;
        return open(actual, samples, why + ", and what was not seen could still have met the limit");
    }

    private boolean whole() {
        return rule.over().kind() == Over.Kind.RUN;
    }

    private String partial(long nowMs) {
        if (seenMs + skippedMs == 0) return name + " had not begun";
        String lasted = text(nowMs - stretch.fromMs()) + " of " + text(stretch.toMs() - stretch.fromMs());
        return name + " was not over, it had lasted " + lasted;
    }

    private static String text(long ms) {
        return Durations.text(Duration.ofMillis(ms));
    }

    private Outcome open(double actual, long samples, String why) {
        return new Outcome(rule, CheckStatus.INCONCLUSIVE, actual, samples, worst, why);
    }

    @Override
    long endsRunAtMs() {
        return failedAtMs == Long.MAX_VALUE ? failedAtMs : failedAtMs + rule.graceMs();
    }
}
