package dev.kilonode.simulator.forecast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.simulator.scenario.Check;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Over;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scenario's checks in a form that can end a run: those over a window as they are, those over the whole run that set an upper
 * limit over a stretch of a twelfth of it, trends as they are, to be judged at the horizon. Checks that want something reached by
 * the end (at least so many uploads), that look at a phase, or that only warn, say nothing about when a network breaks.
 */
public final class BreakRules {

    /** Some hundred points of a chart for each of them, and no more than a report can hold. */
    private static final int MOST_WINDOWS = 4_000;

    private static final int STRETCHES = 12;
    private static final List<String> UPPER = List.of("<", "<=", "==");

    /** Where a scenario has no check that serves: limits of the released network's checks that hold at any scale. */
    private static final List<Map<String, Object>> USUAL = List.of(
            usual("shards-keep-up", "transport.drops", "0.1%", 1000, "every dropped message costs somebody a timeout"),
            usual("identities-arrive", "identity.timeouts", "1%", 100, "each one holds up a wave of lookups"),
            usual("uploads-succeed", "upload.failed", "5%", 20, "a few failed uploads are noise"));

    private final Scenario scenario;
    private final Duration window;
    private final Duration stretch;
    private final List<Map<String, Object>> rules = new ArrayList<>();
    private final boolean own;

    /** @param horizon how long runs last at most */
    public BreakRules(Scenario scenario, Duration horizon) {
        this.scenario = scenario;
        window = larger(scenario.metrics().window(), horizon.dividedBy(MOST_WINDOWS));
        stretch = larger(window, scenario.duration().dividedBy(STRETCHES));
        for (Check check : scenario.checks()) add(check);
        own = !rules.isEmpty();
        if (!own) {
            for (Map<String, Object> usual : USUAL) {
                Map<String, Object> rule = new LinkedHashMap<>(usual);
                rule.put("over", "window " + Durations.text(stretch));
                rules.add(rule);
            }
        }
    }

    /** Whether they come from the scenario; otherwise they are the usual ones. */
    public boolean own() {
        return own;
    }

    /** A line each, for a person. */
    public List<String> words() {
        return rules.stream()
                .map(rule -> rule.get("id") + ": " + rule.get("metric") + " " + rule.get("stat") + " " + rule.get("op")
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
        Over over = Over.parse(check.over());
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

    private static Map<String, Object> usual(String id, String metric, String limit, int minSamples, String because) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("metric", metric);
        rule.put("stat", "ratio");
        rule.put("op", "<=");
        rule.put("limit", limit);
        rule.put("min-samples", minSamples);
        rule.put("because", because);
        rule.put("abort", true);
        return rule;
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
