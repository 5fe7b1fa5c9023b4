package dev.kilonode.simulator.scenario;

import dev.kilonode.metrics.Labels;
import dev.kilonode.metrics.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Validates that checks refer to metrics, labels and statistics that a run produces. */
final class CheckRules {
    static final List<String> OPERATORS = List.of("<", "<=", ">", ">=", "==", "!=");
    static final List<String> SEVERITIES = List.of("fail", "warn", "info");
    /** As numbers are written in the labels of results. */
    private static final Pattern WORKER = Pattern.compile("0|[1-9][0-9]{0,5}");

    private final Rules rules;
    private final Scenario scenario;
    private final CheckRangeRules stretches;

    CheckRules(Rules rules, Scenario scenario) {
        this.rules = rules;
        this.scenario = scenario;
        this.stretches = new CheckRangeRules(rules, scenario);
    }

    /** Names of the checks that commands add by themselves. */
    private static final Set<String> BUILT_IN = Set.of("time-budget", "baseline", "invariants");

    void check() {
        List<Check> checks = scenario.checks();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            String path = "checks[" + i + "]";
            one(check, path);
            rules.must(
                    !BUILT_IN.contains(check.id()),
                    path + ".id",
                    "got \"" + check.id() + "\", which is the name of a built-in check; write another");
            rules.must(
                    ids.add(check.id()),
                    path,
                    "got the id \"" + check.id() + "\" a second time; write an id: of its own");
        }
    }

    private void one(Check check, String path) {
        rules.oneOf(check.op(), OPERATORS, path + ".op");
        rules.oneOf(check.severity(), SEVERITIES, path + ".severity");
        stretches.check(check, path);
        Metric metric = Metric.byId(check.metric()).orElse(null);
        if (metric == null) {
            rules.add(
                    path + ".metric",
                    () -> "got \"" + check.metric() + "\", which nothing produces"
                            + Suggestions.hint(check.metric(), Metric.ids(), "metrics"));
            return;
        }
        labels(check, metric, path);
        if (check.stat().equals("trend")) {
            rules.add(
                    path + ".stat",
                    "got \"trend\", which is a range; write over: trend, and as stat what must not change: one of "
                            + String.join(", ", metric.stats()));
            return;
        }
        if (!metric.stats().contains(check.stat())) {
            rules.add(
                    path + ".stat",
                    "got \"" + check.stat() + "\", expected a statistic of " + metric.id() + "; write one of "
                            + String.join(", ", metric.stats()));
            return;
        }
        limit(check, metric, path);
    }

    private void labels(Check check, Metric metric, String path) {
        Set<String> known = new TreeSet<>(metric.labels());
        if (metric.isOfWorker()) known.add(Labels.WORKER);
        check.where().forEach((label, value) -> {
            rules.must(
                    known.contains(label),
                    path + ".where." + label,
                    "got a label that " + metric.id() + " does not have; "
                            + (known.isEmpty() ? "it has none" : "write one of " + String.join(", ", known)));
            rules.must(
                    !known.contains(label)
                            || !label.equals(Labels.WORKER)
                            || WORKER.matcher(value).matches(),
                    path + ".where." + label,
                    "got \"" + value + "\", expected the number of a worker, from 0; write where: {worker: 1}");
        });
    }

    private void limit(Check check, Metric metric, String path) {
        if (check.limit().isBlank()) {
            rules.add(path, "got no limit, expected one; write limit: 5min, 5% or 1000");
            return;
        }
        try {
            double limit = CheckLimit.of(check, metric);
            rules.must(Double.isFinite(limit), path + ".limit", "got a limit that is too large for a number");
        } catch (IllegalArgumentException e) {
            rules.add(path + ".limit", e.getMessage() + " (the " + check.stat() + " of " + metric.id() + ")");
        }
    }
}
