package dev.kilonode.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of a scenario make another network of it. */
class SettingsTest {

    private static final String DEFAULTS = """
        name: unnamed
        duration: 1h
        hosts:
          - {name: machines, count: 67, cores: 2}
        transport: {registry: locked, slots: 0}
        metrics: {window: 5m, worst-nodes: 20}
        x-items:
          hosts: {count: 1, cores: 2}
          workload.phases: {kind: hold}
        """;

    private static final String RESOLVED = """
        name: mine
        seed: 3
        duration: 1h
        hosts:
          - {name: a, count: 1, cores: 2}
          - {name: b, count: 67, cores: 2}
        transport: {registry: mine, slots: 0}
        workload:
          phases:
            - {name: calm, kind: hold, duration: 5m}
        metrics: {window: 5m, worst-nodes: 20}
        checks: []
        """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transport: {registry: mine, slots: 0} | transport: {registry: mine, slots: 0, patience: 0s}",
                "{name: a, count: 1, cores: 2} | {name: a, count: 1, cores: 2, disk: 5GB}",
                "kind: hold, | kind: hold, jitter: 10%,"
            })
    void aNewSettingAtItsDefaultIsNoDifference(String from, String to) throws IOException {
        String defaults = DEFAULTS.replace("slots: 0}", "slots: 0, patience: 0s}")
                .replace("hosts: {count: 1,", "hosts: {disk: 5GB, count: 1,")
                .replace("{kind: hold}", "{kind: hold, jitter: 10%}");
        String before = Settings.hash(RESOLVED, DEFAULTS);
        assertThat(RESOLVED).contains(from);
        assertThat(Settings.hash(RESOLVED.replace(from, to), defaults)).isEqualTo(before);
        assertThat(Settings.hash(
                        RESOLVED.replace(from, to.replaceAll("(patience: |disk: |jitter: )\\w", "$19")), defaults))
                .as("not at its default")
                .isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: mine | name: yours",
                "seed: 3 | seed: 4",
                "checks: [] | 'checks: [{metric: a, stat: p95, limit: 1}]'",
                "checks: [] | expect: degraded",
                "checks: [] | invariants: strict",
                "checks: [] | on-worker-loss: abort",
                "checks: [] | 'report: {png: false}'",
                "checks: [] | 'x-note: {a: 1}'",
                "worst-nodes: 20 | worst-nodes: 3"
            })
    void whatDecidesNoNetworkIsNoDifference(String from, String to) throws IOException {
        assertThat(RESOLVED).contains(from);
        assertThat(Settings.hash(RESOLVED.replace(from, to), DEFAULTS)).isEqualTo(Settings.hash(RESOLVED, DEFAULTS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registry: mine | registry: locked",
                "slots: 0 | slots: 1",
                "duration: 1h | duration: 2h",
                "window: 5m | window: 1m",
                "name: a, count: 1 | name: a, count: 67",
                "name: b, count: 67 | name: b, count: 1",
                "name: b | name: c",
                "'{name: a, count: 1, cores: 2}' | '{name: a, count: 1, cores: 3}'",
                "'{name: calm, kind: hold, duration: 5m}' | '{name: calm, kind: ramp, duration: 5m}'"
            })
    void whatDecidesTheNetworkIs(String from, String to) throws IOException {
        assertThat(RESOLVED).contains(from);
        assertThat(Settings.hash(RESOLVED.replace(from, to), DEFAULTS)).isNotEqualTo(Settings.hash(RESOLVED, DEFAULTS));
    }

    /** An item whose values are all at their defaults is there all the same. */
    @Test
    void oneItemMoreIsADifference() throws IOException {
        String more = RESOLVED.replace("  - {name: a,", "  - {count: 1, cores: 2}\n  - {name: a,");
        String most = RESOLVED.replace("kind: hold, duration: 5m}", "kind: hold, duration: 5m}\n    - {kind: hold}");
        assertThat(Settings.hash(more, DEFAULTS)).isNotEqualTo(Settings.hash(RESOLVED, DEFAULTS));
        assertThat(Settings.hash(most, DEFAULTS)).isNotEqualTo(Settings.hash(RESOLVED, DEFAULTS));
    }
}
