package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.reports.statistics.Holm;
import dev.kilonode.reports.statistics.Trend;
import dev.kilonode.simulator.scenario.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates all checks of one run: gets its windows in order, reports the state of the checks, and returns their outcomes at the end. One
 * thread.
 *
 * <p>Each check is evaluated twice: over all windows, and over those in which the tester was not saturated. A check that fails only over
 * all windows is inconclusive. Checks on the tester itself are evaluated once.
 */
public final class CheckEvaluator {

    /** Reason of an inconclusive check that failed because of the tester, not the network. */
    public static final String TESTER_UNFIT = "the tester was saturated in the windows that decided this";

    /** Called when the status of a check differs from that after the previous window. */
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

    /** Adds the next window of a run whose tester cannot be saturated. */
    public void window(long startMs, long endMs, WindowContent content) {
        window(startMs, endMs, true, content);
    }

    /**
     * Adds the next window, before its values are discarded.
     *
     * @param testerFit whether the tester kept up, so that the window measures the network and not the tester
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
            update(
                    i,
                    excused(
                            rules.get(i).evaluate(endMs, EvaluationTime.DURING),
                            fitOnly.get(i).evaluate(endMs, EvaluationTime.DURING)));
        }
    }

    /** The outcome over all windows, or inconclusive if only saturated windows made it fail. */
    private static CheckOutcome excused(CheckOutcome all, CheckOutcome fit) {
        return all.violated() && !fit.violated() ? all.inconclusive(TESTER_UNFIT) : all;
    }

    private void update(int check, CheckOutcome now) {
        CheckStatus before = standing[check];
        if (now.status() == before) return;
        standing[check] = now.status();
        listener.changed(nowMs, before, now);
    }

    /** State of the checks in one line, such as {@code 3 ok, 1 failing: uploads-stay-fast}; empty if there are none. */
    public String standing() {
        if (standing.length == 0) return "";
        List<String> failing = new ArrayList<>();
        for (int i = 0; i < standing.length; i++) {
            if (standing[i] == CheckStatus.FAIL) failing.add(rules.get(i).rule.id());
        }
        String ok = standing.length - failing.size() + " ok";
        return failing.isEmpty() ? ok : ok + ", " + failing.size() + " failing: " + String.join(", ", failing);
    }

    /** The check that ends the run now; null if there is none. */
    public @Nullable String endsRun() {
        for (int i = 0; i < standing.length; i++) {
            boolean ends = rules.get(i).endsRunAtMs() <= nowMs && fitOnly.get(i).endsRunAtMs() <= nowMs;
            if (ends) return rules.get(i).rule.id();
        }
        return null;
    }

    /**
     * Outcomes of the checks after the run, in the scenario's order.
     *
     * @param cutShort whether it ended before its planned end
     */
    public List<CheckOutcome> conclude(boolean cutShort) {
        EvaluationTime moment = cutShort ? EvaluationTime.CUT_SHORT : EvaluationTime.END;
        List<CheckOutcome> outcomes = conclude(rules, moment);
        List<CheckOutcome> fit = unfitSeen ? conclude(fitOnly, moment) : outcomes;
        List<CheckOutcome> concluded = new ArrayList<>();
        for (int i = 0; i < standing.length; i++) {
            concluded.add(excused(outcomes.get(i), fit.get(i)));
            update(i, concluded.get(i));
        }
        return List.copyOf(concluded);
    }

    /** Corrects the p-values of trends for their number, since each one is a further chance of a false alarm. */
    private List<CheckOutcome> conclude(List<RuleState> states, EvaluationTime moment) {
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (RuleState state : states) outcomes.add(state.evaluate(nowMs, moment));
        double[] raised = Holm.adjust(outcomes.stream()
                .filter(outcome -> outcome.trend() != null)
                .mapToDouble(CheckOutcome::pValue)
                .toArray());
        int next = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Trend trend = outcomes.get(i).trend();
            if (trend != null) outcomes.set(i, ((TrendRule) states.get(i)).evaluated(trend, raised[next++]));
        }
        return outcomes;
    }
}
