package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.scenario.FrameCrossing.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCrossingTest {

    private static final Pattern WRITE = Pattern.compile("; write (\\S+) or (?:more|less)");
    private static final Pattern OR_ACKNOWLEDGEMENT = Pattern.compile("or network.acknowledgement: (\\S+)$");

    @TempDir
    Path folder;

    /** A scenario in which all links are fast, with changed values. */
    private List<Obstacle> obstacles(String... values) throws IOException {
        return FrameCrossing.obstacles(load(values).scenario());
    }

    private LoadedScenario load(String... values) throws IOException {
        Path file = Files.writeString(
                folder.resolve("s.yaml"),
                "name: s\nduration: 6h\n"
                        + "hosts: [{name: near, count: 12, region: eu}, {name: far, count: 12, region: us}]\n"
                        + "nodes: {count: 24, per-host: 1, bootstraps: 2}\n"
                        + "network: {latency: {default: 40ms, eu-us: 60ms}, jitter: 0%}\n"
                        + "workload: {uploaders: {count: 1, region: eu}}\n"
                        + "faults: [{name: f, kind: throttle, at: 1h, lasting: 1h, region: eu, factor: 2},"
                        + " {name: g, kind: latency, at: 3h, lasting: 1h, factor: 2}]\n");
        List<ValueOverride> overrides = new ArrayList<>();
        Arrays.stream(values).map(text -> ValueOverride.parse("test", text)).forEach(overrides::add);
        return new ScenarioLoader().load(file, overrides);
    }

    @Test
    void whereEverythingCrossesNothingIsSaid() throws IOException {
        assertThat(obstacles()).isEmpty();
    }

    /** Each value that is proposed is enough, and one that is smaller, or larger for a factor, is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts[0].down=6Mbps | hosts[0].down",
                "hosts[1].down=6Mbps | hosts[1].down",
                "hosts[1].down=1kbps | hosts[1].down",
                "hosts[0].down=20Mbps; network.acknowledgement-rate=1GB/s | hosts[0].down",
                "hosts[0].down=6Mbps; network.jitter=100% | hosts[0].down",
                "hosts[0].down=8Mbps; network.loss=1%; network.retransmit=2s | hosts[0].down",
                "hosts[1].down=4Mbps; network.latency={default: 400ms} | hosts[1].down",
                "workload.upload.chunk-size=100KiB; hosts[0].down=500kbps | hosts[0].down",
                "workload.uploaders.count=0; hosts[0].down=20kbps | hosts[0].down",
                "replication.copies=0; hosts[1].down=6Mbps | hosts[1].down",
                "workload.uploaders.down=20kbps | workload.uploaders.down",
                "network.latency={default: 10ms, eu-us: 3s} | network.acknowledgement",
                "network.acknowledgement=90ms; network.acknowledgement-rate=1GB/s | network.acknowledgement",
                "faults[0].factor=300 | faults[0].factor",
                "faults[1].factor=80 | faults[1].factor",
                "workload.uploaders.up=20kbps | workload.uploaders.up"
            })
    void whatIsProposedIsTheSmallestChangeThatHelps(String values, String path) throws IOException {
        String[] set = values.split("; ");
        Obstacle obstacle = obstacles(set).stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing about " + path));
        assertThat(obstacle.brief()).contains(path, found(WRITE, obstacle.words()));
        assertThat(obstacles(with(set, path + "=" + found(WRITE, obstacle.words()))))
                .extracting(Obstacle::path)
                .doesNotContain(path);
        if (obstacle.words().contains("or network.acknowledgement")) {
            String longer = "network.acknowledgement=" + found(OR_ACKNOWLEDGEMENT, obstacle.words());
            assertThat(obstacles(with(set, longer))).extracting(Obstacle::path).doesNotContain(path);
        }
        double proposed = number(found(WRITE, obstacle.words()));
        if (path.endsWith("factor")) {
            assertThat(obstacles(with(set, path + "=" + proposed * 1.12)))
                    .extracting(Obstacle::path)
                    .contains(path);
        } else if (!path.endsWith("acknowledgement")) {
            String less = proposed * 0.985 + found(WRITE, obstacle.words()).replaceAll("[0-9.]", "");
            assertThat(obstacles(with(set, path + "=" + less)))
                    .extracting(Obstacle::path)
                    .contains(path);
        }
    }

    private static String[] with(String[] values, String more) {
        String[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = more;
        return all;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static double number(String value) {
        return Double.parseDouble(value.replaceAll("[^0-9.].*", ""));
    }

    @Test
    void whatIsFoundIsSaidWithItsFigures() throws IOException {
        assertThat(obstacles("hosts[0].down=6Mbps", "workload.upload.file-size=10MB", "faults=[]"))
                .containsExactly(new Obstacle(
                        "hosts[0].down",
                        "got 6Mbps, over which a chunk of 3376527 bytes needs 4.63s until it is acknowledged, 120ms of it"
                                + " on the path and back, while its sender waits 4.29s and gives every one up; write"
                                + " 6.47Mbps or more, or network.acknowledgement: 1s330ms",
                        "hosts[0].down of 6Mbps is too slow for the 4.29s that a sender waits for a chunk; write 6.47Mbps"
                                + " or more"));
    }

    @Test
    void aChunkThatCrossesOnlyWithLuckIsSaidToBeLostSometimes() throws IOException {
        assertThat(obstacles("network.latency={default: 480ms}", "network.jitter=50%"))
                .anyMatch(one -> one.words().contains("up to"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock=wall; hosts[0].down=1kbps", "hosts[0].up=1Mbps; faults=[]"})
    void nothingIsSaidOfWhatDoesNotHinder(String values) throws IOException {
        assertThat(obstacles(values.split("; "))).isEmpty();
    }

    @Test
    void validationWarnsAtTheSettingAndDoesNotRepeatWhatItSaysOfShortTimeouts() throws IOException {
        assertThat(load("hosts[1].down=6Mbps").warnings())
                .filteredOn(warning -> warning.message().contains("until it is acknowledged"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.path()).isEqualTo("hosts[1].down"));
        assertThat(load("network.acknowledgement=10ms").warnings())
                .filteredOn(warning -> warning.path().equals("network.acknowledgement"))
                .hasSize(1);
    }

    @Test
    void theSlowestDownlinkIsNamed() throws IOException {
        assertThat(FrameCrossing.slowestDownlink(load("hosts[1].down=20Mbps", "workload.upload.file-size=10MB")
                        .scenario()))
                .isEqualTo("hosts[1].down, 20Mbps, which a chunk passes in 1.36s if no other shares it");
    }
}
