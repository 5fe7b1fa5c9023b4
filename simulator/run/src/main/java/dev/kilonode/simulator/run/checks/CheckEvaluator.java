package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.reports.statistics.Holm;
import dev.kilonode.reports.statistics.Trend;
import dev.kilonode.simulator.scenario.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All checks of one run: shown its windows in order, asked how they stand, and in the end for their outcomes. One thread.
 *
 * <p>Each check is judged twice: over all windows, and over those alone in which the tester was fit to measure. One that fails over all
 * windows, but not without those in which the tester was saturated, is inconclusive. Checks on the tester itself are judged once.
 */
public final class CheckEvaluator {

    /** Why a check is inconclusive that the tester, and not the network, has failed. */
    public static final String TESTER_UNFIT = "the tester was saturated in the windows that decided this";

    /** Told when a check stands differently than a window ago. */
    public interface Listener {
        void changed(long atMs, CheckStatus from, CheckOutcome to);
    }

    private final List<RuleState> rules;
    private final List<RuleState> fitOnly;
    private final CheckStatus[] standing;
    private final Listener listener;
    private long nowMs;
    private boolean unfitSeen;

    public CheckEvaluator(List<Rule> rules, Timeline timeline, Listener listener) {
        this.rules = rules.stream().map(rule -> RuleState.of(rule, timeline)).toList();
        this.fitOnly = rules.stream().map(rule -> RuleState.of(rule, timeline)).toList();
        this.listener = listener;
        standing = new CheckStatus[rules.size()];
        java.util.Arrays.fill(standing, CheckStatus.INCONCLUSIVE);
    }

    /** Shows the next window of a run whose tester cannot be saturated. */
    public void window(long startMs, long endMs, WindowContent content) {
        window(startMs, endMs, true, content);
    }

    /**
     * Shows the next window, before its values are gone.
     *
     * @param testerFit whether the tester kept up in it, so that it measured the network and not itself
     */
    public void window(long startMs, long endMs, boolean testerFit, WindowContent content) {
        nowMs = endMs;
        unfitSeen |= !testerFit;
        for (int i = 0; i < standing.length; i++) {
            Rule rule = rules.get(i).rule;
            Aggregate aggregate = content.of(rule.metric(), rule.where());
            rules.get(i).window(startMs, endMs, aggregate);
            if (testerFit || rule.aboutTester()) fitOnly.get(i).window(startMs, endMs, aggregate);
            else fitOnly.get(i).skip(startMs, endMs);
            tell(
                    i,
                    excused(
                            rules.get(i).judge(endMs, EvaluationTime.DURING),
                            fitOnly.get(i).judge(endMs, EvaluationTime.DURING)));
        }
    }

    /** The outcome over all windows, unless it speaks of the tester. */
    private static CheckOutcome excused(CheckOutcome all, CheckOutcome fit) {
        return all.violated() && !fit.violated() ? all.inconclusive(TESTER_UNFIT) : all;
    }

    private void tell(int check, CheckOutcome now) {
        CheckStatus before = standing[check];
        if (now.status() == before) return;
        standing[check] = now.status();
        listener.changed(nowMs, before, now);
    }

    /** How the checks stand so far, in one line, such as {@code 3 ok, 1 failing: uploads-stay-fast}; empty when there are none. */
    public String standing() {
        if (standing.length == 0) return "";
        List<String> failing = new ArrayList<>();
        for (int i = 0; i < standing.length; i++) {
            if (standing[i] == CheckStatus.FAIL) failing.add(rules.get(i).rule.id());
        }
        String ok = standing.length - failing.size() + " ok";
        return failing.isEmpty() ? ok : ok + ", " + failing.size() + " failing: " + String.join(", ", failing);
    }

    /** The check because of which the run should end now; null when there is none. */
    public @Nullable String endsRun() {
        for (int i = 0; i < standing.length; i++) {
            boolean ends = rules.get(i).endsRunAtMs() <= nowMs && fitOnly.get(i).endsRunAtMs() <= nowMs;
            if (ends) return rules.get(i).rule.id();
        }
        return null;
    }

    /**
     * What became of the checks, now that the run is over; in the scenario's order.
     *
     * @param cutShort whether it ended before its planned end
     */
    public List<CheckOutcome> conclude(boolean cutShort) {
        EvaluationTime moment = cutShort ? EvaluationTime.CUT_SHORT : EvaluationTime.END;
        List<CheckOutcome> outcomes = conclude(rules, moment);
        List<CheckOutcome> fit = unfitSeen ? conclude(fitOnly, moment) : outcomes;
        List<CheckOutcome> told = new ArrayList<>();
        for (int i = 0; i < standing.length; i++) {
            told.add(excused(outcomes.get(i), fit.get(i)));
            tell(i, told.get(i));
        }
        return List.copyOf(told);
    }

    /** Each trend is one more chance of a false alarm. */
    private List<CheckOutcome> conclude(List<RuleState> states, EvaluationTime moment) {
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (RuleState state : states) outcomes.add(state.judge(nowMs, moment));
        double[] raised = Holm.adjust(outcomes.stream()
                .filter(outcome -> outcome.trend() != null)
                .mapToDouble(CheckOutcome::pValue)
                .toArray());
        int next = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Trend trend = outcomes.get(i).trend();
            if (trend != null) outcomes.set(i, ((TrendRule) states.get(i)).judged(trend, raised[next++]));
        }
        return outcomes;
    }
}
