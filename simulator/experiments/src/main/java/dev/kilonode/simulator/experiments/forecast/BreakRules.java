package dev.kilonode.simulator.experiments.forecast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.simulator.scenario.Arrival;
import dev.kilonode.simulator.scenario.Check;
import dev.kilonode.simulator.scenario.CheckRange;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.PhaseKind;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.Uploaders;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counts as broken. First the scenario's checks in a form that can end a run: those over a window as they are, those over the whole
 * run that set an upper limit over a stretch of a twelfth of it, trends as they are, to be judged at the horizon. Checks that want
 * something reached by the end (at least so many uploads), that look at a phase, or that only warn, say nothing about when a network
 * breaks. Then the standard rules, each unless one of these sets an upper limit to all of its metric.
 */
public final class BreakRules {

    /** Some hundred points of a chart for each of them, and no more than a report can hold. */
    private static final int MOST_WINDOWS = 4_000;

    private static final int STRETCHES = 12;
    private static final List<String> UPPER = List.of("<", "<=", "==");

    /** A standard rule says nothing of fewer uploads than half of these, so its stretch is long enough for them. */
    private static final int UPLOADS = 40;

    /** What an upload is taken to last where the next one waits for its end: long, so that a stretch is rather too long. */
    private static final Duration LONG_UPLOAD = Duration.ofMinutes(10);

    /** Limits of the released network's checks that hold at any scale. */
    private static final List<Standard> STANDARD = List.of(
            new Standard(
                    "drops", "transport.drops", "0.1%", 1000, false, "every dropped message costs somebody a timeout"),
            new Standard(
                    "identity-timeouts", "identity.timeouts", "1%", 100, true, "each one holds up a wave of lookups"),
            new Standard("failed-uploads", "upload.failed", "5%", UPLOADS / 2, true, "a few failed uploads are noise"));

    /** An upper limit to the ratio of a metric. @param ofUploads whether there are data only while clients upload */
    private record Standard(
            String name, String metric, String limit, int minSamples, boolean ofUploads, String because) {}

    private final Scenario scenario;
    private final Duration window;
    private final Duration stretch;
    private final List<Map<String, Object>> rules = new ArrayList<>();
    private final List<String> standard = new ArrayList<>();
    private final List<String> unwatched = new ArrayList<>();

    /** @param horizon how long runs last at most */
    public BreakRules(Scenario scenario, Duration horizon) {
        this.scenario = scenario;
        window = larger(scenario.metrics().window(), horizon.dividedBy(MOST_WINDOWS));
        stretch = larger(window, scenario.duration().dividedBy(STRETCHES));
        for (Check check : scenario.checks()) add(check);
        List<Map<String, Object>> own = List.copyOf(rules);
        for (Standard one : STANDARD) {
            if (own.stream().noneMatch(rule -> limits(rule, one.metric))) add(one, horizon);
        }
    }

    /** Metrics that a standard rule would watch, if the horizon held enough uploads for it. */
    public List<String> unwatched() {
        return unwatched;
    }

    /** A line each, for a person; of the standard rules it is said. */
    public List<String> words() {
        return rules.stream()
                .map(rule -> (standard.contains(rule.get("id")) ? "standard rule " : "") + rule.get("id") + ": "
                        + rule.get("metric") + " " + rule.get("stat") + " " + rule.get("op")
                        + " " + rule.get("limit") + " over "
                        + ("trend".equals(rule.get("over")) ? "the whole run (trend)" : rule.get("over")))
                .toList();
    }

    /** What to set for a run of the forecast, beside its duration. */
    public List<ValueOverride> overrides() {
        try {
            String checks = JsonMapper.builder().build().writeValueAsString(rules);
            return List.of(
                    new ValueOverride("--set", "metrics.window", Durations.text(window)),
                    new ValueOverride("--set", "checks", checks));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(Check check) {
        CheckRange over = CheckRange.parse(check.over());
        if (!check.severity().equals("fail")) return;
        switch (over.kind()) {
            case WINDOW -> {
                Map<String, Object> rule = rule(check, check.limit(), check.minSamples());
                rule.put("over", "window " + Durations.text(multiple(over.window())));
                if (!check.for_().isZero()) rule.put("for", Durations.text(check.for_()));
                rule.put("abort", true);
                rules.add(rule);
            }
            case RUN -> {
                if (!UPPER.contains(check.op())) return;
                double share = (double) stretch.toNanos() / scenario.duration().toNanos();
                int samples = (int) Math.max(1, Math.ceil(check.minSamples() * share));
                Map<String, Object> rule = rule(check, shareOf(check, share), samples);
                rule.put("over", "window " + Durations.text(stretch));
                rule.put("abort", true);
                rules.add(rule);
            }
            case TREND -> {
                Map<String, Object> rule = rule(check, check.limit(), check.minSamples());
                rule.put("over", "trend");
                rules.add(rule);
            }
            case PHASE -> {}
        }
    }

    /** So many in a run are fewer in a part of it. */
    private static String shareOf(Check check, double share) {
        boolean plain = check.stat().equals("count") && check.limit().matches("[0-9]{1,15}(\\.[0-9]{1,9})?");
        if (!plain || share >= 1) return check.limit();
        return new BigDecimal(check.limit())
                .multiply(BigDecimal.valueOf(share))
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Map<String, Object> rule(Check check, String limit, int minSamples) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", check.id());
        rule.put("metric", check.metric());
        rule.put("stat", check.stat());
        rule.put("op", check.op());
        rule.put("limit", limit);
        rule.put("where", check.where());
        rule.put("min-samples", minSamples);
        rule.put("because", check.because());
        return rule;
    }

    /** Whether a rule of the scenario says what is too much of {@code metric}, wherever it comes from, at any time. */
    private static boolean limits(Map<String, Object> rule, String metric) {
        return metric.equals(rule.get("metric"))
                && UPPER.contains(rule.get("op"))
                && !"trend".equals(rule.get("over"))
                && Map.of().equals(rule.get("where"));
    }

    private void add(Standard one, Duration horizon) {
        Duration over = stretch;
        if (one.ofUploads) {
            Duration enough = spanOf(UPLOADS);
            Duration from = scenario.workload().uploaders().startAfter();
            if (enough == null || from.plus(enough).compareTo(horizon) > 0) {
                unwatched.add(one.metric);
                return;
            }
            if (enough.compareTo(over) > 0) over = multiple(enough);
        }
        String id = "standard-" + one.name;
        while (taken(id)) id += "-";
        standard.add(id);
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("metric", one.metric);
        rule.put("stat", "ratio");
        rule.put("op", "<=");
        rule.put("limit", one.limit);
        rule.put("min-samples", one.minSamples);
        rule.put("because", one.because);
        rule.put("over", "window " + Durations.text(over));
        rule.put("abort", true);
        rules.add(rule);
    }

    private boolean taken(String id) {
        return rules.stream().anyMatch(rule -> id.equals(rule.get("id")));
    }

    /** Time in which clients begin so many uploads, once all phases of load are over; null: they begin none. */
    private @Nullable Duration spanOf(int uploads) {
        Uploaders clients = scenario.workload().uploaders();
        int active = clients.count();
        List<Phase> phases = scenario.workload().phases();
        if (!phases.isEmpty()) active = 0;
        for (Phase phase : phases) {
            if (phase.kind() != PhaseKind.SPIKE) active = phase.uploaders();
        }
        if (active == 0) return null;
        Duration each = clients.arrival() == Arrival.OPEN
                ? clients.every()
                : clients.think().max().plus(LONG_UPLOAD);
        return each.multipliedBy(uploads).dividedBy(active);
    }

    /** {@code least} or more, and a multiple of {@code unit}. */
    private static Duration larger(Duration unit, Duration least) {
        if (unit.isZero() || least.compareTo(unit) <= 0) return unit;
        long times = least.dividedBy(unit);
        return unit.multipliedBy(unit.multipliedBy(times).compareTo(least) < 0 ? times + 1 : times);
    }

    private Duration multiple(Duration asked) {
        return larger(window, asked);
    }
}
