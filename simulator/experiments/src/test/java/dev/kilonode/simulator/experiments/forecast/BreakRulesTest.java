package dev.kilonode.simulator.experiments.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.scenario.Check;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakRulesTest {
    private final ScenarioLoader loader = new ScenarioLoader();

    @TempDir
    Path folder;

    private Scenario forecast(String yaml, Duration horizon) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), yaml);
        BreakRules rules = new BreakRules(loader.load(file).scenario(), horizon);
        return runOf(file, rules, horizon);
    }

    private Scenario runOf(Path file, BreakRules rules, Duration horizon) {
        List<ValueOverride> overrides = new ArrayList<>(rules.overrides());
        overrides.add(new ValueOverride("--duration", "duration", horizon.toHours() + "h"));
        return loader.load(file, overrides).scenario();
    }

    @Test
    void anUpperLimitOverTheRunAppliesToEveryTwelfth() throws IOException {
        Check check = forecast(
                        "duration: 2h\n"
                                + "checks: [{metric: upload.latency, stat: p95, op: <=, limit: 8min, min-samples: 100,"
                                + " because: \"a 'b' \\\"c\\\"\"}]",
                        Duration.ofHours(100))
                .checks()
                .get(0);
        assertThat(check.over()).isEqualTo("window 10m");
        assertThat(check.minSamples()).isEqualTo(9);
        assertThat(check.limit()).isEqualTo("8min");
        assertThat(check.abort()).isTrue();
        assertThat(check.because()).isEqualTo("a 'b' \"c\"");
    }

    @Test
    void ofACountATwelfthIsAllowed() throws IOException {
        List<Check> checks = forecast("""
            duration: 2h
            checks:
              - {metric: transport.drops, stat: count, op: <=, limit: 1200, where: {cause: full}}
              - {metric: upload.failed, stat: count, op: "==", limit: 0}
            """, Duration.ofHours(10)).checks();
        assertThat(own(checks)).extracting(Check::limit).containsExactly("100", "0");
        assertThat(checks.get(0).where()).containsEntry("cause", "full");
    }

    @Test
    void checksForTheEndAndChecksThatOnlyWarnAreLeftOut() throws IOException {
        List<Check> checks = forecast("""
            duration: 2h
            checks:
              - {metric: upload.succeeded, stat: count, op: ">=", limit: 4}
              - {metric: host.cpu, stat: mean, op: <=, limit: 40%, severity: warn}
              - {metric: upload.latency, stat: p50, op: <=, over: trend}
              - {metric: upload.latency, stat: p50, op: <=, limit: 3min, over: window 15m, for: 30m}
            """, Duration.ofHours(100)).checks();
        assertThat(own(checks)).extracting(Check::over).containsExactly("trend", "window 15m");
        assertThat(checks.get(1).for_()).isEqualTo(Duration.ofMinutes(30));
        assertThat(checks.get(0).abort()).isFalse();
    }

    private static List<Check> own(List<Check> checks) {
        return checks.stream()
                .filter(check -> !check.id().startsWith("standard-"))
                .toList();
    }

    private static List<String> standard(Scenario run) {
        return run.checks().stream()
                .filter(check -> check.id().startsWith("standard-"))
                .map(Check::metric)
                .toList();
    }

    private static final String[] ALL = {"transport.drops", "identity.timeouts", "upload.failed"};

    @Test
    void withoutAnyCheckTheStandardRulesHold() throws IOException {
        Scenario run = forecast("duration: 2h\n", Duration.ofHours(48));
        assertThat(standard(run)).containsExactly(ALL);
        assertThat(run.checks()).allSatisfy(check -> {
            assertThat(check.abort()).isTrue();
            assertThat(check.op()).isEqualTo("<=");
        });
        assertThat(run.checks()).extracting(Check::over).containsExactly("window 10m", "window 1h20m", "window 1h20m");
    }

    @Test
    void standardRulesCoverMetricsWithoutACheck() throws IOException {
        assertUnwatched(
                "{metric: upload.failed, stat: ratio, op: <=, limit: 1%}", "transport.drops", "identity.timeouts");
        assertUnwatched(
                "{metric: transport.drops, stat: count, op: '==', limit: 0}", "identity.timeouts", "upload.failed");
        assertUnwatched(
                "{metric: identity.timeouts, stat: rate, op: <, limit: 1/s, over: window 30m}",
                "transport.drops",
                "upload.failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{metric: transport.drops, stat: count, op: '>=', limit: 300000}",
                "{metric: transport.drops, stat: count, op: '>=', limit: 300, over: window 30m}",
                "{metric: transport.drops, stat: ratio, op: <=, limit: 1%, where: {cause: unread}}",
                "{metric: transport.drops, stat: ratio, op: <=, limit: 1%, severity: warn}",
                "{metric: transport.drops, stat: ratio, op: <=, over: trend}",
                "{metric: upload.latency, stat: p95, op: <=, limit: 8min}",
                "{metric: host.cpu, stat: mean, op: <=, limit: 40%}",
                "{id: standard-drops, metric: host.cpu, stat: mean, op: <=, limit: 40%}"
            })
    void checksOnALabelOrAPhaseDoNotReplaceAStandardRule(String check) throws IOException {
        assertUnwatched(check, ALL);
    }

    private void assertUnwatched(String check, String... metrics) throws IOException {
        Scenario run = forecast("duration: 2h\nchecks: [" + check + "]", Duration.ofHours(48));
        assertThat(standard(run).stream().filter(metric -> !metric.equals("host.cpu")))
                .as(check)
                .containsExactly(metrics);
    }

    @Test
    void withFewUploadsTheRulesUseALongerWindowOrAreLeftOut() throws IOException {
        String few = "duration: 2h\nworkload: {uploaders: {count: 2, every: 30m, start-after: 0s}}\n";
        Path file = Files.writeString(folder.resolve("s.yaml"), few);
        BreakRules day = new BreakRules(loader.load(file).scenario(), Duration.ofHours(24));
        assertThat(day.words())
                .containsExactly(
                        "standard rule standard-drops: transport.drops ratio <= 0.1% over window 10m",
                        "standard rule standard-identity-timeouts: identity.timeouts ratio <= 1% over window 10h",
                        "standard rule standard-failed-uploads: upload.failed ratio <= 5% over window 10h");
        assertThat(day.unwatched()).isEmpty();
        BreakRules hours = new BreakRules(loader.load(file).scenario(), Duration.ofHours(9));
        assertThat(hours.words()).hasSize(1);
        assertThat(hours.unwatched()).containsExactly("identity.timeouts", "upload.failed");
        assertThat(standard(forecast("duration: 2h\nworkload: {uploaders: {count: 0}}\n", Duration.ofHours(48))))
                .containsExactly("transport.drops");
    }

    @Test
    void theRulesCoverWhereQuickstartBreaks() {
        Path file = Path.of("../..", "scenarios", "quickstart.yaml");
        BreakRules rules = new BreakRules(loader.load(file).scenario(), Duration.ofHours(6));
        assertThat(standard(runOf(file, rules, Duration.ofHours(6)))).containsExactly(ALL);
        Path watched = Path.of("../..", "scenarios", "rc-17.yaml");
        rules = new BreakRules(loader.load(watched).scenario(), Duration.ofHours(72));
        assertThat(rules.words()).hasSize(4).noneMatch(rule -> rule.contains("standard"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "quickstart", "quickstart-fixed", "rc-17", "rc-17-fixed", "gate"})
    void everyShippedScenarioCanBeForecastForAMonth(String name) {
        Path file = Path.of("../..", "scenarios", name + ".yaml");
        Duration horizon = Duration.ofDays(30);
        BreakRules rules = new BreakRules(loader.load(file).scenario(), horizon);
        Scenario run = runOf(file, rules, horizon);
        assertThat(run.checks()).isNotEmpty();
        assertThat(horizon.dividedBy(run.metrics().window())).isLessThanOrEqualTo(4_000);
    }
}
