package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Labels;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scenario's checks as rules, and their outcomes as results. The validator has checked that they are valid. */
final class ScenarioChecks {

    private ScenarioChecks() {}

    /** The checks of a run in one process. */
    static CheckEvaluator evaluator(Scenario scenario, Consumer<EventRow> events) {
        return evaluator(scenario, 0, events);
    }

    /**
     * @param workers number of workers; 0 for a run in one process
     * @param events receives an event whenever the state of a check changes
     */
    static CheckEvaluator evaluator(Scenario scenario, int workers, Consumer<EventRow> events) {
        return new CheckEvaluator(
                rules(scenario.checks(), workers),
                new Timeline(scenario),
                (atMs, from, to) -> events.accept(transition(atMs, from, to)));
    }

    static List<Rule> rules(List<Check> checks) {
        return rules(checks, 0);
    }

    /**
     * The rules of the checks: one for a check of the network, and one per worker for a check of the tester that names no worker.
     *
     * @param workers number of workers; 0 for a run in one process
     */
    static List<Rule> rules(List<Check> checks, int workers) {
        return checks.stream()
                .flatMap(check -> isPerWorker(check, workers)
                        ? IntStream.range(0, workers).mapToObj(worker -> ofWorker(check, worker))
                        : Stream.of(rule(check, check.id(), check.where())))
                .toList();
    }

    private static boolean isPerWorker(Check check, int workers) {
        Metric metric = Metric.byId(check.metric()).orElseThrow();
        return workers > 1 && metric.isOfWorker() && !check.where().containsKey(Labels.WORKER);
    }

    private static Rule ofWorker(Check check, int worker) {
        Map<String, String> where = new LinkedHashMap<>(check.where());
        where.put(Labels.WORKER, Integer.toString(worker));
        return rule(check, check.id() + "[worker " + worker + "]", where);
    }

    private static Rule rule(Check check, String id, Map<String, String> where) {
        Metric metric = Metric.byId(check.metric()).orElseThrow();
        return new Rule(
                id,
                metric,
                check.stat(),
                ComparisonOperator.of(check.op()).orElseThrow(),
                CheckLimit.of(check, metric),
                where,
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
