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
 * The rules that define when a network has broken. First come the scenario's checks, in a form that can end a run: checks over a window
 * unchanged; checks over the whole run that set an upper limit, over a window of a twelfth of the run; trends unchanged, evaluated at the
 * horizon. Checks that require something by the end (such as a number of uploads), that cover a phase, or that only warn are left out,
 * because they do not tell when a network breaks. Then come the standard rules, each unless one of these checks already sets an upper
 * limit to the whole of its metric.
 */
public final class BreakRules {

    /** Some hundred points in a chart for each of the windows, and no more than a report can contain. */
    private static final int MOST_WINDOWS = 4_000;

    private static final int PARTS = 12;
    private static final List<String> UPPER = List.of("<", "<=", "==");

    /** A standard rule needs half as many uploads; its window is long enough for this number. */
    private static final int UPLOADS = 40;

    /** Assumed duration of an upload when the next one waits for its end. It is long, so that a window is rather too long. */
    private static final Duration LONG_UPLOAD = Duration.ofMinutes(10);

    /** Limits of the released network's checks that hold at any scale. */
    private static final List<Standard> STANDARD = List.of(
            new Standard("drops", "transport.drops", "0.1%", 1000, false, "every dropped message causes a timeout"),
            new Standard(
                    "identity-timeouts", "identity.timeouts", "1%", 100, true, "each one delays a wave of a lookup"),
            new Standard("failed-uploads", "upload.failed", "5%", UPLOADS / 2, true, "a few failed uploads are noise"));

    /** An upper limit to the ratio of a metric. @param ofUploads whether there are data only while clients upload */
    private record Standard(
            String name, String metric, String limit, int minSamples, boolean ofUploads, String because) {}

    private final Scenario scenario;
    private final Duration window;
    private final Duration span;
    private final List<Map<String, Object>> rules = new ArrayList<>();
    private final List<String> standard = new ArrayList<>();
    private final List<String> unwatched = new ArrayList<>();

    /** @param horizon maximal duration of runs */
    public BreakRules(Scenario scenario, Duration horizon) {
        this.scenario = scenario;
        window = larger(scenario.metrics().window(), horizon.dividedBy(MOST_WINDOWS));
        span = larger(window, scenario.duration().dividedBy(PARTS));
        for (Check check : scenario.checks()) add(check);
        List<Map<String, Object>> own = List.copyOf(rules);
        for (Standard one : STANDARD) {
            if (own.stream().noneMatch(rule -> limits(rule, one.metric))) add(one, horizon);
        }
    }

    /** Metrics of standard rules that are left out, because the horizon is too short for enough uploads. */
    public List<String> unwatched() {
        return unwatched;
    }

    /** One line per rule, for people; standard rules are marked. */
    public List<String> words() {
        return rules.stream()
                .map(rule -> (standard.contains(rule.get("id")) ? "standard rule " : "") + rule.get("id") + ": "
                        + rule.get("metric") + " " + rule.get("stat") + " " + rule.get("op")
                        + " " + rule.get("limit") + " over "
                        + ("trend".equals(rule.get("over")) ? "the whole run (trend)" : rule.get("over")))
                .toList();
    }

    /** Overrides for a run of the forecast, apart from its duration. */
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
                double share = (double) span.toNanos() / scenario.duration().toNanos();
                int samples = (int) Math.max(1, Math.ceil(check.minSamples() * share));
                Map<String, Object> rule = rule(check, shareOf(check, share), samples);
                rule.put("over", "window " + Durations.text(span));
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

    /** Reduces a limit on the count of a whole run to a part of the run. */
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

    /** Whether a rule of the scenario sets an upper limit to {@code metric}, with all labels and at any time. */
    private static boolean limits(Map<String, Object> rule, String metric) {
        return metric.equals(rule.get("metric"))
                && UPPER.contains(rule.get("op"))
                && !"trend".equals(rule.get("over"))
                && Map.of().equals(rule.get("where"));
    }

    private void add(Standard one, Duration horizon) {
        Duration over = span;
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

    /** Time in which clients start {@code uploads} uploads, after all load phases; null if they start none. */
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

    /** The least multiple of {@code unit} that is at least {@code least}. */
    private static Duration larger(Duration unit, Duration least) {
        if (unit.isZero() || least.compareTo(unit) <= 0) return unit;
        long times = least.dividedBy(unit);
        return unit.multipliedBy(unit.multipliedBy(times).compareTo(least) < 0 ? times + 1 : times);
    }

    private Duration multiple(Duration asked) {
        return larger(window, asked);
    }
}
