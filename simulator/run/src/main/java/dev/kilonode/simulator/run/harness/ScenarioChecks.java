package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.TrendResult;
import dev.kilonode.reports.statistics.Trend;
import dev.kilonode.simulator.run.checks.CheckEvaluator;
import dev.kilonode.simulator.run.checks.CheckOutcome;
import dev.kilonode.simulator.run.checks.CheckStatus;
import dev.kilonode.simulator.run.checks.ComparisonOperator;
import dev.kilonode.simulator.run.checks.Rule;
import dev.kilonode.simulator.scenario.Check;
import dev.kilonode.simulator.scenario.CheckLimit;
import dev.kilonode.simulator.scenario.CheckRange;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The scenario's checks as rules, and their outcomes as results. The validator has checked that they are valid. */
final class ScenarioChecks {

    private ScenarioChecks() {}

    /** @param events receives an event whenever the state of a check changes */
    static CheckEvaluator evaluator(Scenario scenario, Consumer<EventRow> events) {
        return new CheckEvaluator(
                rules(scenario.checks()),
                new Timeline(scenario),
                (atMs, from, to) -> events.accept(transition(atMs, from, to)));
    }

    static List<Rule> rules(List<Check> checks) {
        return checks.stream().map(ScenarioChecks::rule).toList();
    }

    private static Rule rule(Check check) {
        Metric metric = Metric.byId(check.metric()).orElseThrow();
        return new Rule(
                check.id(),
                metric,
                check.stat(),
                ComparisonOperator.of(check.op()).orElseThrow(),
                CheckLimit.of(check, metric),
                check.where(),
                CheckRange.parse(check.over()),
                check.for_().toMillis(),
                check.abort(),
                check.grace().toMillis(),
                check.severity(),
                check.minSamples(),
                check.because());
    }

    private static EventRow transition(long atMs, CheckStatus from, CheckOutcome to) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("from", from.label());
        details.put("to", to.status().label());
        if (Double.isFinite(to.actual())) details.put("actual", to.actual());
        details.put("limit", to.rule().limit());
        if (!to.why().isEmpty()) details.put("why", to.why());
        return new EventRow(atMs, EventRow.Type.CHECK, to.rule().id(), null, details);
    }

    /** The ids of the checks that failed only in windows in which the harness was saturated. */
    static List<String> blamedOnTester(List<CheckResult> results) {
        return results.stream()
                .filter(check -> check.why().equals(CheckEvaluator.TESTER_UNFIT))
                .map(CheckResult::id)
                .toList();
    }

    static CheckResult result(CheckOutcome outcome) {
        Rule rule = outcome.rule();
        return new CheckResult(
                rule.id(),
                rule.metric().id(),
                rule.stat(),
                rule.comparison().symbol(),
                rule.limit(),
                CheckResult.Status.valueOf(outcome.status().name()),
                Double.isFinite(outcome.actual()) ? outcome.actual() : null,
                Double.isNaN(outcome.worst()) ? null : outcome.worstAtMs(),
                rule.because(),
                outcome.samples(),
                rule.labels(),
                text(rule.over()),
                rule.severity(),
                outcome.why(),
                trend(outcome));
    }

    private static @Nullable TrendResult trend(CheckOutcome outcome) {
        Trend trend = outcome.trend();
        if (trend == null) return null;
        return new TrendResult(
                trend.start(),
                trend.end(),
                trend.change(),
                outcome.pValue(),
                trend.sinceMs(),
                trend.windows(),
                trend.blocks(),
                trend.autocorrelation());
    }

    private static String text(CheckRange over) {
        return switch (over.kind()) {
            case RUN -> "run";
            case TREND -> "trend";
            case PHASE -> "phase " + over.phase();
            case WINDOW -> "window " + Durations.text(over.window());
        };
    }
}
