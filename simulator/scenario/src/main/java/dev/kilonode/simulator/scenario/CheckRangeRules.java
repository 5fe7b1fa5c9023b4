package dev.kilonode.simulator.scenario;

import java.time.Duration;

/** Validates that the range of a check exists in the run, and that the check's other settings fit that kind of range. */
final class CheckRangeRules {
    /** The windows of a sliding range are kept in memory. */
    static final int MOST_WINDOWS = 1000;

    private static final int TREND_WINDOWS = 12;

    private final Rules rules;
    private final Scenario scenario;
    private final Timeline timeline;
    private final long calmWindows;

    CheckRangeRules(Rules rules, Scenario scenario) {
        this.rules = rules;
        this.scenario = scenario;
        timeline = new Timeline(scenario);
        calmWindows = timeline.calmWindows();
    }

    void check(Check check, String path) {
        CheckRange over;
        try {
            over = CheckRange.parse(check.over());
        } catch (IllegalArgumentException e) {
            rules.add(path + ".over", String.valueOf(e.getMessage()));
            return;
        }
        Duration window = scenario.metrics().window();
        boolean unknownTime = scenario.duration().compareTo(window) < 0; // reported elsewhere
        if (!unknownTime) {
            switch (over.kind()) {
                case RUN -> {}
                case PHASE -> phase(over.phase(), path);
                case WINDOW -> window(over.window(), window, path);
                case TREND -> trend(check, path);
            }
        }
        lasting(check, over, path);
        abort(check, over, path);
    }

    private void phase(String name, String path) {
        Timeline.Span span = timeline.phase(name);
        if (span == null) {
            rules.add(
                    path + ".over",
                    () -> "got the phase \"" + name + "\", which the workload does not have"
                            + (timeline.phases().isEmpty()
                                    ? "; it has no phases; write over: run"
                                    : Suggestions.hint(name, timeline.phases(), "phases")));
            return;
        }
        rules.must(
                timeline.windowsIn(span) > 0,
                path + ".over",
                "got the phase \"" + name
                        + "\", in which no whole window lies; write a metrics.window of less than half of it");
    }

    private void window(Duration asked, Duration window, String path) {
        if (asked.compareTo(scenario.duration()) > 0) {
            rules.add(
                    path + ".over",
                    "got a window longer than the run; write over: window " + Durations.text(scenario.duration())
                            + " or less");
            return;
        }
        boolean whole = asked.compareTo(window) >= 0
                && asked.minus(window.multipliedBy(asked.dividedBy(window))).isZero();
        Duration near = window.multipliedBy(Math.max(1, asked.dividedBy(window)));
        rules.must(
                whole,
                path + ".over",
                "got a window of " + Durations.text(asked) + ", expected a multiple of metrics.window, "
                        + Durations.text(window) + "; write over: window " + Durations.text(near));
        rules.must(
                asked.dividedBy(window) <= MOST_WINDOWS,
                path + ".over",
                "got " + asked.dividedBy(window) + " windows in one, expected at most " + MOST_WINDOWS
                        + "; write a larger metrics.window");
    }

    private void trend(Check check, String path) {
        rules.must(
                calmWindows >= TREND_WINDOWS,
                path + ".over",
                "got a trend over " + calmWindows + " windows outside of warm-up, changes of load and faults, expected "
                        + TREND_WINDOWS + " or more; write a smaller metrics.window or a longer duration");
        rules.must(
                !check.op().equals("==") && !check.op().equals("!="),
                path + ".op",
                "got \"" + check.op() + "\" over a trend; write <= for what must not rise, >= for what must not fall");
    }

    private void lasting(Check check, CheckRange over, String path) {
        if (check.for_().isZero()) return;
        rules.must(
                over.kind() == CheckRange.Kind.WINDOW,
                path + ".for",
                "got " + Durations.text(check.for_()) + ", but a value over " + check.over()
                        + " is evaluated once; write over: window 10m, or leave it out");
        rules.must(
                check.for_().compareTo(scenario.duration()) < 0,
                path + ".for",
                "got " + Durations.text(check.for_()) + ", as long as the run or longer; write less than "
                        + Durations.text(scenario.duration()));
    }

    private void abort(Check check, CheckRange over, String path) {
        if (!check.abort()) {
            rules.must(
                    check.grace().isZero(),
                    path + ".grace",
                    "got " + Durations.text(check.grace())
                            + " for a check that does not end the run; write abort: true");
            return;
        }
        boolean early = over.kind() == CheckRange.Kind.WINDOW || over.kind() == CheckRange.Kind.PHASE;
        rules.must(
                early,
                path + ".abort",
                "got true over " + check.over()
                        + ", which is evaluated after the run; write over: window 10m, or leave abort out");
        rules.must(
                check.severity().equals("fail"),
                path + ".abort",
                "got true for severity " + check.severity() + ", which cannot fail the run; write severity: fail");
        rules.must(
                check.grace().compareTo(scenario.duration()) < 0,
                path + ".grace",
                "got " + Durations.text(check.grace()) + ", as long as the run or longer; write less than "
                        + Durations.text(scenario.duration()));
    }
}
