package dev.kilonode.simulator.checks;

import dev.kilonode.reports.statistics.Holm;
import dev.kilonode.reports.statistics.Trend;
import dev.kilonode.simulator.scenario.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All checks of one run: shown its windows in order, asked how they stand, and in the end for their outcomes. One thread. */
public final class Board {

    /** Told when a check stands differently than a window ago. */
    public interface Listener {
        void changed(long atMs, CheckStatus from, Outcome to);
    }

    private final List<RuleState> rules;
    private final CheckStatus[] standing;
    private final Listener listener;
    private long nowMs;

    public Board(List<Rule> rules, Timeline timeline, Listener listener) {
        this.rules = rules.stream().map(rule -> RuleState.of(rule, timeline)).toList();
        this.listener = listener;
        standing = new CheckStatus[rules.size()];
        java.util.Arrays.fill(standing, CheckStatus.INCONCLUSIVE);
    }

    /** Shows the next window, before its values are gone. */
    public void window(long startMs, long endMs, WindowContent content) {
        nowMs = endMs;
        for (int i = 0; i < standing.length; i++) {
            RuleState state = rules.get(i);
            state.window(startMs, endMs, content.of(state.rule.metric(), state.rule.where()));
            tell(i, state.judge(endMs, false));
        }
    }

    private void tell(int check, Outcome now) {
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
        for (RuleState state : rules) {
            if (state.endsRunAtMs() <= nowMs) return state.rule.id();
        }
        return null;
    }

    /** What became of the checks, now that the run is over; in the scenario's order. */
    public List<Outcome> conclude() {
        List<Outcome> outcomes = new ArrayList<>();
        for (RuleState state : rules) outcomes.add(state.judge(nowMs, true));
        double[] raised = Holm.adjust(outcomes.stream()
                .filter(outcome -> outcome.trend() != null)
                .mapToDouble(Outcome::pValue)
                .toArray());
        int next = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Trend trend = outcomes.get(i).trend();
            if (trend == null) continue;
            outcomes.set(i, ((TrendRule) rules.get(i)).judged(trend, raised[next++]));
            tell(i, outcomes.get(i));
        }
        return List.copyOf(outcomes);
    }
}
