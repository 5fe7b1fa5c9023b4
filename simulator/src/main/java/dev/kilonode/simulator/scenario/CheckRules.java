package dev.kilonode.simulator.scenario;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether checks ask for what a run can answer. */
final class CheckRules {
    static final List<String> OPERATORS = List.of("<", "<=", ">", ">=", "==", "!=");
    static final List<String> SEVERITIES = List.of("fail", "warn", "info");
    private final List<MetricShape> metrics;
    private final Rules rules;

    CheckRules(MetricCatalogue metrics, Rules rules) {
        this.metrics = metrics.metrics();
        this.rules = rules;
    }

    void check(List<Check> checks) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            String path = "checks[" + i + "]";
            one(check, path);
            rules.must(
                    ids.add(check.id()),
                    path + ".id",
                    "got \"" + check.id() + "\" a second time; write an id of its own");
        }
    }

    private void one(Check check, String path) {
        rules.oneOf(check.op(), OPERATORS, path + ".op");
        rules.oneOf(check.severity(), SEVERITIES, path + ".severity");
        rules.must(
                check.over().equals("run"),
                path + ".over",
                "got \"" + check.over() + "\", expected run; other stretches are not available yet; write over: run");
        rules.atLeastOne(check.minSamples(), path + ".min-samples");
        List<String> names = metrics.stream().map(MetricShape::name).toList();
        if (!names.contains(check.metric())) {
            rules.add(
                    path + ".metric",
                    "got \"" + check.metric() + "\", which nothing produces"
                            + NearMiss.hint(check.metric(), names, "metrics"));
            return;
        }
        MetricShape metric = metrics.get(names.indexOf(check.metric()));
        for (String label : check.where().keySet()) {
            rules.must(
                    metric.labels().contains(label),
                    path + ".where." + label,
                    "got a label that " + metric.name() + " does not have; "
                            + (metric.labels().isEmpty()
                                    ? "it has none"
                                    : "write one of " + String.join(", ", new java.util.TreeSet<>(metric.labels()))));
        }
        if (!metric.stats().contains(check.stat())) {
            String later = check.stat().equals("trend") ? " (trend is not available yet)" : "";
            rules.add(
                    path + ".stat",
                    "got \"" + check.stat() + "\", expected a statistic of " + metric.name() + later + "; write one of "
                            + String.join(", ", metric.stats()));
            return;
        }
        try {
            double limit = CheckLimit.of(check, metric);
            rules.must(Double.isFinite(limit), path + ".limit", "got a limit beyond all numbers");
        } catch (IllegalArgumentException e) {
            rules.add(path + ".limit", e.getMessage() + " (the " + check.stat() + " of " + metric.name() + ")");
        }
    }
}
