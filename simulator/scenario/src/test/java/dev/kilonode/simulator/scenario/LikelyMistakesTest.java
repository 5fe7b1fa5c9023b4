package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelyMistakesTest {
    private static final String CHECK = "checks: [{metric: transport.drops, stat: count, op: \"==\", limit: 0}]\n";
    private final ScenarioLoader loader = new ScenarioLoader();

    @TempDir
    Path folder;

    private List<String> warnings(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), yaml);
        return loader.load(file).warnings().stream()
                .map(warning -> warning.path() + ": " + warning.message())
                .toList();
    }

    @Test
    void aSoundScenarioHasNoWarnings() throws IOException {
        assertThat(warnings("name: sound\n" + CHECK)).isEmpty();
        for (Path shipped : ShippedScenariosTest.shipped())
            assertThat(loader.load(shipped).warnings()).as(shipped.toString()).isEmpty();
    }

    @Test
    void anEmptyFileIsRefusedAndOneWithoutChecksIsWarnedOf() throws IOException {
        assertThatThrownBy(() -> warnings("# nothing\n")).hasMessageContaining("got no keys, expected a scenario");
        assertThat(warnings("name: no-checks\n"))
                .anySatisfy(warning -> assertThat(warning).contains("checks: got none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "identity: {poll: 1m} | identity.poll: got longer than identity.timeout",
                "identity: {timeout: 60ms} | identity.timeout: got 60ms, less than the 80ms",
                "network: {dial-timeout: 79ms} | network.dial-timeout: got 79ms, less than the 80ms",
                "network: {acknowledgement: 0s} | network.acknowledgement: got 0s, less than the 80ms",
                "dht: {request-timeout: 1ms} | dht.request-timeout: got 1ms",
                "workload: {upload: {store-timeout: 10ms}} | workload.upload.store-timeout: got 10ms",
                "workload: {uploaders: {start-spread: 2h}} | workload.uploaders.start-spread: got uploaders that start"
                        + " up to 2h15m",
                "workload: {phases: [{name: p, duration: 10m, uploaders: 0}]} | workload.phases: got phases without"
                        + " any uploader",
                "transport: {max-frame: 4100KiB} | transport.max-frame: got hardly more than a chunk",
                "'{workload: {uploaders: {count: 0}}, dht: {self-lookup-loops: 0, refresh: {buckets: 0}}}' |"
                        + " workload.uploaders.count: got 0, and no lookups",
                "'faults: [{name: f, kind: latency, at: 1m, lasting: 1m}]' | faults[0].factor: got 1, which changes"
                        + " nothing",
                "'{network: {loss: 1%}, faults: [{name: f, kind: loss, at: 1m, lasting: 1m, factor: 100}]}' |"
                        + " faults[0].factor: got a factor that makes network.loss 100%",
                "'faults: [{name: f, kind: kill, at: 1m, lasting: 5m}, {name: g, kind: kill, at: 2m, lasting: 5m}]' |"
                        + " faults[1].at: got a time at which f goes on",
                "'faults: [{name: f, kind: kill, at: 1m, lasting: 1m, factor: 5}]' | faults[0].factor: got 5, but a"
                        + " fault of kind kill has no factor; leave it out",
                "'{network: {loss: 1%}, faults: [{name: f, kind: loss, at: 1m, lasting: 1m, factor: 5, rate: 3/s}]}' |"
                        + " faults[0].rate: got 3/s, but a fault of kind loss has no rate; leave it out",
            })
    void probableMistakesAreWarnedOf(String yaml, String expected) throws IOException {
        String inner = yaml.startsWith("{") ? yaml.substring(1, yaml.length() - 1) : yaml;
        assertThat(warnings("{" + inner + ", " + CHECK.strip() + "}"))
                .anySatisfy(warning -> assertThat(warning).contains(expected));
    }

    /** Every value is written in a resolved file, those that a kind does not have with their defaults. */
    @Test
    void aResolvedScenarioIsNotWarnedOfWhatItsFaultsDoNotHave() throws IOException {
        Path file = Files.writeString(
                folder.resolve("f.yaml"), "faults: [{name: f, kind: kill, at: 1m, lasting: 1m}]\n" + CHECK);
        String resolved = loader.load(file).tree().yaml();
        assertThat(resolved).contains("factor: 1", "peers: 4", "rate: 10/s");
        assertThat(warnings(resolved)).isEmpty();
    }

    @Test
    void checksThatCannotFailTheRunAreWarnedOf() throws IOException {
        assertThat(warnings(CHECK.replace("limit: 0", "limit: 0, severity: info")))
                .anySatisfy(warning -> assertThat(warning).contains("got none of severity fail"));
        assertThat(warnings("workload: {uploaders: {count: 0}}\n"
                        + "checks: [{metric: upload.failed, stat: count, op: \"==\", limit: 0}]\n"))
                .anySatisfy(warning -> assertThat(warning).contains("but workload.uploaders.count is 0"));
    }
}
