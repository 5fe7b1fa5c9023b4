package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
    private final ScenarioLoader loader = new ScenarioLoader();

    @TempDir
    Path folder;

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }

    private LoadedScenario loadWith(String yaml, String... sets) throws IOException {
        List<ValueOverride> overrides = List.of(sets).stream()
                .map(set -> ValueOverride.parse("--set", set))
                .toList();
        return loader.load(write("s.yaml", yaml), overrides);
    }

    @Test
    void sectionsMergeKeyByKeyAndListsAreReplaced() throws IOException {
        write("base.yaml", "transport: {shards: 4, event-capacity: 10}\nhosts: [{name: a, count: 70}, {name: b}]\n");
        Scenario scenario = loader.load(
                        write("s.yaml", "extends: base.yaml\ntransport: {shards: 2}\nhosts: [{name: c, count: 80}]\n"))
                .scenario();
        assertThat(scenario.transport().shards()).isEqualTo(2);
        assertThat(scenario.transport().eventCapacity()).isEqualTo(10);
        assertThat(scenario.transport().receiveCapacity()).isEqualTo(256);
        assertThat(scenario.hosts()).singleElement().satisfies(group -> {
            assertThat(group.name()).isEqualTo("c");
            assertThat(group.cores()).as("built-in for items").isEqualTo(2);
        });
    }

    @Test
    void everyValueKnowsItsOrigin() throws IOException {
        write("base.yaml", "seed: 7\nduration: 2h\n");
        Path file = write("s.yaml", "extends: base.yaml\nduration: 3h\n");
        var origins = loader.load(
                        file,
                        List.of(
                                new ValueOverride("KILONODE_SEED", "seed", "9"),
                                ValueOverride.parse("--set", "transport.shards=3")))
                .tree()
                .origins();
        assertThat(origins)
                .containsEntry("seed", "KILONODE_SEED")
                .containsEntry("duration", file + ":2:11")
                .containsEntry("transport.shards", "--set")
                .containsEntry("dht.k", "built-in");
        assertThat(loader.load(file).tree().origins()).containsEntry("seed", folder.resolve("base.yaml") + ":1:7");
    }

    @Test
    void circlesOfFilesAreRefused() throws IOException {
        write("a.yaml", "extends: b.yaml\n");
        write("b.yaml", "name: b\nextends: ./a.yaml\n");
        assertThatThrownBy(() -> loader.load(folder.resolve("a.yaml")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("b.yaml:2:10: extends: got \"./a.yaml\", which in the end extends this file");
        Path self = write("self.yaml", "extends: self.yaml\n");
        assertThatThrownBy(() -> loader.load(self)).isInstanceOf(ScenarioException.class);
    }

    @Test
    void aMissingBaseIsReportedWhereItIsNamed() throws IOException {
        write("rc-17.yaml", "");
        Path file = write("s.yaml", "name: s\nextends: rc17.yaml\n");
        assertThatThrownBy(() -> loader.load(file))
                .hasMessageContaining("s.yaml:2:10: extends: got ")
                .hasMessageContaining("did you mean rc-17.yaml?");
    }

    @Test
    void anErrorInABaseNamesTheBase() throws IOException {
        Path base = write("base.yaml", "transport: {shrads: 4}\n");
        Path file = write("s.yaml", "extends: base.yaml\n");
        assertThatThrownBy(() -> loader.load(file))
                .hasMessageStartingWith(base + ":1:13: transport.shrads: unknown key");
    }

    @Test
    void aSetValueIsOneYamlValueAndKeepsItsCommas() throws IOException {
        Scenario scenario = loadWith(
                        "hosts: [{name: a, count: 90}, {name: b, count: 2}]",
                        "transport.shards=16",
                        "hosts[1].count=5",
                        "network.latency={default: 3ms, one-one: 1ms}",
                        "description=a, b=c",
                        "checks=[{metric: upload.failed, stat: ratio, op: <, limit: 5%}]",
                        "checks[0].where={}")
                .scenario();
        assertThat(scenario.transport().shards()).isEqualTo(16);
        assertThat(scenario.hosts().get(1).count()).isEqualTo(5);
        assertThat(scenario.hosts().get(0).count()).isEqualTo(90);
        assertThat(scenario.network().latencyBetween("one", "one")).isEqualTo(Duration.ofMillis(1));
        assertThat(scenario.checks())
                .singleElement()
                .satisfies(check -> assertThat(check.severity()).isEqualTo("fail"));
    }

    @Test
    void anUnknownSetPathIsRefused() {
        assertThatThrownBy(() -> loadWith("", "transport.shrads=3")).hasMessageContaining("did you mean shards?");
        assertThatThrownBy(() -> loadWith("", "hosts[4].count=3"))
                .hasMessageContaining("expected less than its number of items, 1");
        assertThatThrownBy(() -> loadWith("", "hosts.count=3")).hasMessageContaining("write hosts[0].count");
        assertThatThrownBy(() -> loadWith("", "seed.x=3"))
                .hasMessageContaining("--set: seed: got the key x below it, but this is 1; write seed=...");
        assertThatThrownBy(() -> loadWith("", "seed[0]=3")).hasMessageContaining("this is not a list");
        assertThatThrownBy(() -> loadWith("", "..=3")).hasMessageContaining("expected keys joined by dots");
        assertThatThrownBy(() -> loadWith("", "seed")).hasMessageContaining("expected path=value");
        assertThatThrownBy(() -> loadWith("", "seed=")).hasMessageContaining("got nothing, expected a whole number");
    }

    @Test
    void notesAreIgnoredAtEveryDepth() throws IOException {
        Scenario scenario = loadWith("x-a: &n 3\n"
                        + "transport: {x-why: [1, {y: 2}], shards: *n}\n"
                        + "hosts: [{name: a, count: 70, x-b: 1}]\n")
                .scenario();
        assertThat(scenario.transport().shards()).isEqualTo(3);
    }

    @Test
    void jsonIsAccepted() throws IOException {
        Scenario scenario = loader.load(
                        write("s.json", "{\n\t\"name\": \"j\",\n\t\"transport\": {\t\"shards\": 4}\n}\n"))
                .scenario();
        assertThat(scenario.name()).isEqualTo("j");
        assertThat(scenario.transport().shards()).isEqualTo(4);
    }

    @Test
    void scalingKeepsProportionsAndRoomForAllNodes() throws IOException {
        Path file = write(
                "s.yaml",
                "duration: 2h\nworkload: {uploaders: {count: 12}, phases: [{name: p, duration: 10m, uploaders: 12}]}");
        for (double factor : new double[] {0.02, 0.1, 0.2, 0.33, 0.5, 0.77, 1.5, 2}) {
            Scenario scenario = loader.load(file, List.of(), factor, "--scale").scenario();
            assertThat(scenario.nodes().count()).isEqualTo((int) Math.round(1000 * factor));
            assertThat(scenario.hosts().get(0).count()).isEqualTo((int) Math.ceil(67 * factor));
            assertThat(scenario.workload().uploaders().count()).isEqualTo(Math.max(1, (int) Math.round(12 * factor)));
            assertThat(scenario.workload().phases().get(0).uploaders())
                    .isEqualTo(scenario.workload().uploaders().count());
            assertThat(scenario.nodes().bootstraps()).isGreaterThanOrEqualTo(1);
        }
        assertThat(loader.load(file, List.of(), 0.5, "--scale").tree().origins().get("nodes.count"))
                .isEqualTo("--scale 0.5 of 1000 from built-in");
    }

    @Test
    void memoryGrowsWithNodesToAboutAMegabyteEach() throws IOException {
        Path file = write("s.yaml", "name: large\n");
        long large = MemoryEstimate.bytes(loader.load(file).scenario());
        long small = MemoryEstimate.bytes(
                loader.load(file, List.of(), 0.1, "--scale").scenario());
        assertThat((large - 150e6) / 1000).isBetween(1.0e6, 1.4e6);
        assertThat(small).isLessThan(large / 4);
    }
}
