package dev.kilonode.simulator.harness;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.simulator.checks.CheckStatus;
import dev.kilonode.simulator.checks.Comparison;
import dev.kilonode.simulator.checks.RunCheck;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import dev.kilonode.simulator.scenario.Check;
import dev.kilonode.simulator.scenario.CheckLimit;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.List;

/** The scenario's checks as rules, and their outcomes as results write them. The validator has seen to their being sound. */
final class ScenarioChecks {

    private ScenarioChecks() {}

    static List<RunCheck> of(Scenario scenario) {
        return scenario.checks().stream().map(ScenarioChecks::rule).toList();
    }

    private static RunCheck rule(Check check) {
        Metric metric = Metric.byId(check.metric()).orElseThrow();
        return new RunCheck(
                check.id(),
                metric,
                check.stat(),
                Comparison.of(check.op()).orElseThrow(),
                CheckLimit.of(check, Catalogue.shape(metric)),
                check.where(),
                !check.severity().equals("fail"),
                check.minSamples(),
                check.because());
    }

    /** How the checks stand so far, in one line, such as {@code 3 ok, 1 failing: uploads-stay-fast}. */
    static String standing(List<RunCheck> checks, MetricSet metrics, double seconds) {
        if (checks.isEmpty()) return "";
        List<String> failing = checks.stream()
                .map(check -> check.judge(metrics, seconds))
                .filter(outcome -> outcome.status() == CheckStatus.FAIL)
                .map(RunCheck.Outcome::id)
                .toList();
        String ok = checks.size() - failing.size() + " ok";
        return failing.isEmpty() ? ok : ok + ", " + failing.size() + " failing: " + String.join(", ", failing);
    }

    static CheckResult result(RunCheck.Outcome outcome) {
        boolean known = !Double.isNaN(outcome.actual());
        return new CheckResult(
                outcome.id(),
                outcome.metric().id(),
                outcome.stat(),
                outcome.comparison().symbol(),
                outcome.limit(),
                CheckResult.Status.valueOf(outcome.status().name()),
                known ? outcome.actual() : null,
                Double.isNaN(outcome.worst()) ? null : outcome.worstAtMs(),
                outcome.because(),
                outcome.samples());
    }
}
