package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kilonode.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioErrorsTest {
    private final ScenarioLoader loader = new ScenarioLoader();

    @TempDir
    Path folder;

    private ScenarioException errors(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), yaml);
        return catchThrowableOfType(ScenarioException.class, () -> loader.load(file));
    }

    private String message(String yaml) throws IOException {
        return String.valueOf(errors(yaml).getMessage()).replace(folder + "/", "");
    }

    @Test
    void anErrorShowsItsPlaceTheLineAndWhatToWrite() throws IOException {
        assertThat(message("name: a\nidentity:\n  timeout: 15 # seconds\n"))
                .isEqualTo("s.yaml:3:12: identity.timeout: got 15, expected a duration; write 15s\n"
                        + "      timeout: 15 # seconds\n"
                        + "               ^");
    }

    @Test
    void severalErrorsAreReportedAtOnceInTheOrderOfTheFile() throws IOException {
        assertThat(errors("name: a\nseed: x\nnodes: {count: 3.5}\nduration: soon\n")
                        .problems())
                .extracting(problem -> problem.at().line() + " " + problem.path())
                .containsExactly("2 seed", "3 nodes.count", "4 duration");
    }

    @Test
    void noMoreThanTwentyErrorsAreListed() throws IOException {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 100; i++) yaml.append("wrong").append(i).append(": 1\n");
        assertThat(errors(yaml.toString()).problems()).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "durration: 3h | 1:1: durration: unknown key; did you mean duration? top-level keys: name, ",
                "shards: 3 | 1:1: shards: unknown key; did you mean transport.shards? top-level keys: ",
                "transport: {maxFrame: 1MiB} | 1:13: transport.maxFrame: unknown key; did you mean max-frame? keys"
                        + " here: registry, ",
                "'{seed: 1, seed: 2}' | 1:11: seed: got this key twice, first in line 1; write it once",
                "transport: 3 | 1:12: transport: got 3, expected a section with the keys registry, shards, ",
                "transport: | 1:11: transport: got nothing, expected a section with the keys ",
                "hosts: {count: 3} | 1:8: hosts: got a section of keys, expected a list; write hosts: []",
                "seed: [1] | 1:7: seed: got a list, expected a whole number; write 1",
                "duration: | 1:10: duration: got nothing, expected a duration; write 15s",
                "nodes: {count: -5} | 1:16: nodes.count: got -5, expected 1 to 1000000; write 1",
                "nodes: {count: 99999999999} | 1:16: nodes.count: got 99999999999, expected 1 to 1000000; write"
                        + " 1000000",
                "nodes: {count: 0} | 1:16: nodes.count: got 0, expected 1 to 1000000; write 1",
                "identity: {poll: 50 ms} | 1:18: identity.poll: got \"50 ms\", expected a duration; write 50ms",
                "network: {loss: 0.05} | 1:17: network.loss: got 0.05, expected a ratio from 0% to 100%; write 5%",
                "network: {keeps-dead-connections: yes} | 1:35: network.keeps-dead-connections: got yes, expected true"
                        + " or false; write true",
                "wall: {workers: 0} | 1:17: wall.workers: got 0, expected 1 to 16; write 1",
                "clock: virtaul | 1:8: clock: got \"virtaul\", expected one of virtual, wall; write virtual",
                "transport: {registry: scoped-lock} | 1:23: transport.registry: got \"scoped-lock\", expected one of"
                        + " single-consumer, ",
                "transport: {dispatch: source_ip} | 1:23: transport.dispatch: got \"source_ip\", expected one of"
                        + " source-ip, source-address; for a design of your own say where its jar is: --plugins DIR; write"
                        + " source-ip",
                "identity: {algorithm: ML-DSA-56} | 1:23: identity.algorithm: got \"ML-DSA-56\", expected one of"
                        + " ML-DSA-65, Ed25519; write ML-DSA-65",
                "nodes: {count: 1006} | 1:16: nodes.count: got 1006 nodes, but 67 hosts with 15 each hold only 1005;"
                        + " write hosts for 68 machines",
                "nodes: {count: 3} | nodes.bootstraps: got 7 of 3 nodes; write 3 or less",
                "metrics: {window: 2h} | 1:19: metrics.window: got a window longer than the run; write 1h or less",
                "metrics: {window: 1ms} | 1:19: metrics.window: got 3600000 windows, expected at most 20000; write 1s"
                        + " or more",
                "network: {latency: {eu-us: 3ms}} | 1:28: network.latency.eu-us: got a pair of unknown regions; pairs:"
                        + " default, one-one",
                "network: {latency: {one-noe: 3ms}} | got a pair of unknown regions; did you mean one-one? pairs: ",
                "workload: {uploaders: {region: onne}} | 1:32: workload.uploaders.region: got \"onne\", a region"
                        + " without hosts",
                "workload: {upload: {stores-needed: 9}} | 1:36: workload.upload.stores-needed: got 9, more than the 7"
                        + " of workload.upload.quotes-needed; write 7 or less",
                "'faults: [{name: f, kind: kill, at: 1h, lasting: 1m}]' | 1:36: faults[0].at: got a fault at or after"
                        + " the end of the run; write less than 1h",
                "'faults: [{name: f, kind: kill, at: 50m, lasting: 20m}]' | 1:50: faults[0].lasting: got a fault that"
                        + " outlasts the run; write 10m or less",
                "'faults: [{name: f, kind: kill, at: 1m, lasting: 1m, region: two}]' | faults[0].region: got \"two\","
                        + " expected one of one; write one",
                "'faults: [{name: f, at: 1m, lasting: 1m}]' | 1:10: faults[0]: got no kind, expected one; write kind:"
                        + " kill",
                "'faults: [{name: f, kind: deaf, at: 1m, lasting: 1m}]' | faults[0].kind: got deaf, but virtual time"
                        + " cannot stop reading from a connection; write clock: wall, or kind: garbage",
                "'faults: [{name: f, kind: half-open, at: 1m, lasting: 1m}]' | faults[0].kind: got half-open, but"
                        + " virtual time cannot open sockets; write clock: wall, or kind: garbage",
                "'{clock: wall, faults: [{name: f, kind: half-open, at: 1m, lasting: 1m}]}' | faults[0].kind: got"
                        + " half-open, but wall.link memory cannot open sockets; write wall.link: quic, or kind: garbage",
                "'faults: [{name: f, kind: refuse, at: 1m, lasting: 1m}]' | faults[0].kind: got refuse, but virtual"
                        + " time cannot refuse dials; write clock: wall, or kind: isolate",
                "'faults: [{name: f, kind: pause, at: 1m, lasting: 1m}]' | faults[0].kind: got pause, but virtual time"
                        + " cannot pause nodes; write clock: wall, or kind: isolate",
                "'faults: [{name: f, kind: kill, at: 1m, lasting: 1m, factor: 0}]' | faults[0].factor: got 0, expected"
                        + " 0.001 to 1000000",
                "'faults: [{name: f, kind: kill, at: 1m, lasting: 1m, facter: 2}]' | faults[0].facter: unknown key;"
                        + " did you mean factor?",
                "'faults: [{name: f, kind: garbage, at: 1m, lasting: 1m, peers: 0}]' | faults[0].peers: got 0,"
                        + " expected 1 to 100; write 1",
                "'faults: [{name: f, kind: garbage, at: 1m, lasting: 1m, rate: 0/s}]' | faults[0].rate: got 0/s, which"
                        + " does nothing; write 10/s",
                "'faults: [{name: f, kind: garbage, at: 1m, lasting: 1m, rate: 9000/s}]' | faults[0].rate: got 36000 a"
                        + " second from all peers, expected at most 10000; write 10/s",
                "'workload: {phases: [{name: p, duration: 2h, uploaders: 1}]}' | workload.phases[0].duration: got a"
                        + " phase that ends at 2h15m, after the run",
                "'workload: {phases: [{name: p, duration: 10m, uploaders: 9}]}' | workload.phases[0].uploaders: got 9,"
                        + " more than there are; write 5 or less",
                "'{a: 1, <<: {b: 2}}' | got the merge key <<, expected plain keys; write extends: other.yaml",
                "'name: [unclosed' | not valid YAML: ",
                "just words | 1:1: got \"just words\", expected keys and values; write name: my-scenario",
                "name: ../../etc | 1:7: name: got \"../../etc\", expected letters, digits, dots, dashes and underscores"
            })
    void eachMistakeHasAMessage(String yaml, String expected) throws IOException {
        assertThat(message(yaml)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metric: upload.latncy, stat: p95, op: <, limit: 5min | metric: got \"upload.latncy\", which nothing"
                        + " produces; did you mean upload.latency?",
                "metric: upload.latency, stat: p96, op: <, limit: 5min | stat: got \"p96\", expected a statistic of"
                        + " upload.latency; write one of count, min",
                "metric: upload.latency, stat: trend, op: <, limit: 5min | stat: got \"trend\", which is a range;"
                        + " write over: trend, and as stat what must not change: one of count, min",
                "metric: upload.latency, stat: p95, op: =<, limit: 5min | op: got \"=<\", expected one of <, <=, >,"
                        + " >=, ==, !=",
                "metric: upload.latency, stat: p95, op: <, limit: 300 | limit: got 300, expected a duration; write"
                        + " 300s (the p95 of upload.latency)",
                "metric: transport.drops, stat: count, op: <, limit: 5% | limit: got \"5%\", expected a number; write"
                        + " 1000, without a unit",
                "metric: transport.drops, stat: ratio, op: <, limit: 5 | limit: got 5, expected a ratio from 0% to"
                        + " 100%; write 5%",
                "metric: transport.drops, stat: rate, op: <, limit: 5 | limit: got 5, expected a frequency; write 5/s",
                "metric: host.cpu, stat: max, op: <, limit: 0.4 | limit: got 0.4, expected a ratio from 0% to 100%;"
                        + " write 40%",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: phase | over: got \"phase\", expected"
                        + " the phase's name too; write over: phase NAME",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: phase hold | over: got the phase"
                        + " \"hold\", which the workload does not have; it has no phases; write over: run",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: widow 10m | over: got \"widow 10m\","
                        + " expected run, trend, phase NAME or window 10m; write over: window 10m",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: run 10m | over: got \"run 10m\","
                        + " expected run, trend, phase NAME or window 10m; write over: run",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window | over: got \"window\", expected"
                        + " its length too; write over: window 10m",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 10 | over: got 10, expected a"
                        + " duration; write 10s",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 0s | over: got \"window 0s\","
                        + " expected more than 0s",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 2h | over: got a window longer"
                        + " than the run; write over: window 1h or less",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 12m | over: got a window of 12m,"
                        + " expected a multiple of metrics.window, 5m; write over: window 10m",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 30s | expected a multiple of"
                        + " metrics.window, 5m; write over: window 5m",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, for: 5m | for: got 5m, but a value over run is"
                        + " evaluated once; write over: window 10m, or leave it out",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: trend, for: 5m | for: got 5m, but a"
                        + " value over trend is evaluated once",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 5m, for: 1h | for: got 1h, as"
                        + " long as the run or longer; write less than 1h",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, abort: true | abort: got true over run, which"
                        + " is evaluated after the run; write over: window 10m, or leave abort out",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: trend, abort: true | abort: got true"
                        + " over trend, which is evaluated after the run",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 5m, abort: true, severity: warn |"
                        + " abort: got true for severity warn, which cannot fail the run; write severity: fail",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 5m, grace: 5m | grace: got 5m for"
                        + " a check that does not end the run; write abort: true",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: window 5m, abort: true, grace: 2h |"
                        + " grace: got 2h, as long as the run or longer; write less than 1h",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, over: trend | limit: got \"5min\", expected a"
                        + " change from the beginning to the end of the run; write 10%",
                "metric: upload.latency, stat: p95, op: ==, over: trend | op: got \"==\" over a trend; write <= for"
                        + " what must not rise, >= for what must not fall",
                "metric: upload.latency, stat: p95, op: < | got no limit, expected one; write limit: 5min, 5% or 1000",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, severity: fatal | severity: got \"fatal\","
                        + " expected one of fail, warn, info",
                "metric: upload.latency, stat: p95, op: <, limit: 5min, min-samples: 0 | min-samples: got 0, expected"
                        + " 1 to 1000000000; write 1",
                "'metric: transport.drops, stat: count, op: <, limit: 5, where: {shrad: 3}' | where.shrad: got a label"
                        + " that transport.drops does not have; write one of cause, shard",
                "'metric: transport.drops, stat: count, op: <, limit: 5, where: {worker: 3}' | where.worker: got a label"
                        + " that transport.drops does not have; write one of cause, shard",
                "'metric: tester.lag, stat: max, op: <, limit: 5s, where: {wroker: 3}' | where.wroker: got a label that"
                        + " tester.lag does not have; write one of of, worker",
                "'metric: jvm.heap, stat: max, op: <, limit: 1GB, where: {worker: all}' | where.worker: got \"all\","
                        + " expected the number of a worker, from 0; write where: {worker: 1}"
            })
    void checksWithoutAMatchingMetricAreRefused(String check, String expected) throws IOException {
        assertThat(message("checks: [{" + check + "}]\n"))
                .contains("s.yaml:1:")
                .contains("checks[0]")
                .contains(expected);
    }

    @Test
    void aTrendNeedsTwelveWindowsOutsideOfWarmUpAndFaults() throws IOException {
        String check = "checks: [{metric: upload.latency, stat: p50, op: <=, over: trend}]\n";
        assertThat(message("duration: 3h\nmetrics: {window: 15m}\n" + check))
                .contains("s.yaml:3:60: checks[0].over: got a trend over ")
                .contains(" windows outside of warm-up, changes of load and faults, expected 12 or more;");
        assertThat(message("duration: 3h\nmetrics: {window: 5m}\n"
                        + "faults: [{name: f, kind: kill, at: 1h, lasting: 1h}]\n" + check))
                .contains("checks[0].over: got a trend over ");
    }

    @Test
    void aPhaseIsNamedAsTheWorkloadNamesIt() throws IOException {
        String phases = "workload: {phases: [{name: calm, duration: 10m, uploaders: 1}]}\n";
        String check = "checks: [{metric: upload.latency, stat: p95, op: <, limit: 5min, over: phase clam}]";
        assertThat(message(phases + check))
                .contains("over: got the phase \"clam\", which the workload does not have; did you mean calm? phases:"
                        + " calm");
        assertThat(message("metrics: {window: 6m}\n"
                        + "workload: {uploaders: {start-after: 5m}, phases: [{name: calm, duration: 6m, uploaders: 1}]}\n"
                        + check.replace("clam", "calm")))
                .contains("over: got the phase \"calm\", in which no whole window lies");
    }

    @Test
    void anUnquotedOperatorIsExplained() throws IOException {
        assertThat(message("checks:\n  - op: >=\n    stat: p95\n")).contains("write op: \">=\", in quotes");
    }

    @Test
    void theIdOfACheckDefaultsToMetricAndStatistic() throws IOException {
        Path file = Files.writeString(
                folder.resolve("s.yaml"), "checks: [{metric: upload.latency, stat: p95, op: <, limit: 5min}]");
        Check check = loader.load(file).scenario().checks().get(0);
        assertThat(check.id()).isEqualTo("upload.latency-p95");
        assertThat(CheckLimit.of(check, Metric.UPLOAD_LATENCY)).isEqualTo(300_000);
    }

    @Test
    void longAndHostileLinesStayReadable() throws IOException {
        String message = message(
                "description: \"" + "x".repeat(10_000) + "\"\nname: \"\u001b[31m\u202e" + "y".repeat(10_000) + "\"");
        assertThat(message.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(400));
    }

    @Test
    void deepAndSelfRepeatingDocumentsAreRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(errors(bomb.toString()).problems()).isNotEmpty();
        assertThat(errors("a: " + "[".repeat(200) + "]".repeat(200)).problems()).isNotEmpty();
        assertThat(errors("a: &a [*a]").problems()).isNotEmpty();
    }

    @Test
    void everyDefaultIsAValidScenario() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), "x-note: all else is built in\n");
        assertThat(loader.load(file).tree().origins().values()).containsOnly("built-in");
        assertThat(List.copyOf(loader.load(file).tree().plain().keySet())).containsAll(Keys.of(Scenario.class));
    }
}
