package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsFileTest {
    private static final String MACHINE = """
        name: machine
        x-note: mine
        sign:
          base: {value: 2ms, range: [1ms, 3ms], source: measured}
          source: measured
        wake-up: {value: 7us, range: [1us, 9us], source: guessed}
        endpoint-lock:
          starvation:
            probability: {value: 3%, range: [0%, 5%], source: fitted}
        """;

    private final ScenarioLoader loader = new ScenarioLoader();

    @TempDir
    Path folder;

    @BeforeEach
    void costs() throws IOException {
        Files.createDirectories(folder.resolve("costs"));
        write("costs/machine.yaml", MACHINE);
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }

    @Test
    void theScenariosCostsOverrideThoseOfTheFileAndKeepTheirOrigins() throws IOException {
        Path file = write("s.yaml", "costs:\n  from: costs/machine.yaml\n  wake-up: 8us\n");
        LoadedScenario loaded = loader.load(file);
        var costs = loaded.scenario().costs();
        assertThat(costs.sign().base()).isEqualTo(Duration.ofMillis(2));
        assertThat(costs.sign().source()).isEqualTo("measured");
        assertThat(costs.wakeUp()).isEqualTo(Duration.ofNanos(8_000));
        assertThat(costs.endpointLock().starvation().probability().value()).isEqualTo(0.03);
        assertThat(costs.sign().perKib()).as("built-in").isZero();
        assertThat(loaded.tree().origins())
                .containsEntry("costs.sign.base", folder.resolve("costs/machine.yaml") + ":4:17")
                .containsEntry("costs.wake-up", file + ":3:12")
                .doesNotContainKey("costs.from");
    }

    @Test
    void theResolvedScenarioEqualsOneThatStatesAllCosts() throws IOException {
        String from = loader.load(write("s.yaml", "costs: {from: costs/machine.yaml}\n"))
                .tree()
                .yaml();
        String own = loader.load(write(
                        "own.yaml",
                        "costs: {sign: {base: 2ms, source: measured}, wake-up: 7us, endpoint-lock:"
                                + " {starvation: {probability: 3%}}}\n"))
                .tree()
                .yaml();
        assertThat(from).isEqualTo(own);
    }

    @Test
    void aScenariosCostsFileOverridesAllCostsOfItsBase() throws IOException {
        write("base.yaml", "costs: {from: costs/machine.yaml, sign: {base: 3ms}, wake-up: 3us}\n");
        write("costs/other.yaml", "sign: {base: {value: 4ms, range: [4ms, 4ms], source: other}}\n");
        var costs = loader.load(write("s.yaml", "extends: base.yaml\ncosts: {from: costs/other.yaml}\n"))
                .scenario()
                .costs();
        assertThat(costs.sign().base()).isEqualTo(Duration.ofMillis(4));
        assertThat(costs.wakeUp()).isEqualTo(Duration.ofNanos(3_000));
    }

    @Test
    void aFileGivenOutsideTheScenarioWinsOverIt() throws IOException {
        Path file = write("s.yaml", "costs: {sign: {base: 9ms}, wake-up: 8us}\n");
        String given = "costs.from=" + folder.resolve("costs/machine.yaml");
        var costs = loader.load(
                        file,
                        List.of(ValueOverride.parse("--set", given), ValueOverride.parse("--set", "costs.wake-up=5us")))
                .scenario()
                .costs();
        assertThat(costs.sign().base()).isEqualTo(Duration.ofMillis(2));
        assertThat(costs.wakeUp()).isEqualTo(Duration.ofNanos(5_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'sign: {base: 2ms}' | 1:14: costs.sign.base: got \"2ms\", expected a value with its range and source;"
                        + " write {value: ",
                "'sign: {base: {value: 2ms, source: x}}' | 1:14: costs.sign.base: got no range, expected one; write ",
                "'sign: {base: {value: 2ms, range: [1ms, 3ms]}}' | 1:14: costs.sign.base: got no source",
                "'sign: {base: {value: 4ms, range: [1ms, 3ms], source: x}}' | 1:22: costs.sign.base: got \"4ms\","
                        + " which is outside of its own range 1ms to 3ms",
                "'sign: {base: {value: 2, range: [1ms, 3ms], source: x}}' | 1:22: costs.sign.base: got 2, expected a"
                        + " duration; write 2s",
                "'sign: {base: {value: 2ms, range: [1ms, 3], source: x}}' | 1:40: costs.sign.base.range: got 3,"
                        + " expected a duration; write 3s",
                "'sign: {base: {value: 2ms, range: 3ms, source: x}}' | 1:34: costs.sign.base.range: got \"3ms\","
                        + " expected the least and the largest",
                "'sign: {base: {value: 2ms, range: [3ms, 1ms], source: x}}' | 1:34: costs.sign.base.range: got a range"
                        + " that runs backwards",
                "'sign: {base: {value: 2ms, rnage: [3ms, 1ms], source: x}}' | costs.sign.base.rnage: unknown key; did"
                        + " you mean range?",
                "'sing: {base: 2ms}' | 1:1: costs.sing: unknown key; did you mean sign?",
            })
    void mistakesInTheFileAreReportedWithTheirPlace(String yaml, String expected) throws IOException {
        Path costs = write("costs/wrong.yaml", yaml);
        Path file = write("s.yaml", "costs: {from: costs/wrong.yaml}\n");
        assertThatThrownBy(() -> loader.load(file))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining(costs + ":1:");
    }

    @Test
    void aMissingFileIsReportedWhereItIsNamed() throws IOException {
        Path file = write("s.yaml", "costs:\n  from: costs/machin.yaml\n");
        assertThatThrownBy(() -> loader.load(file))
                .hasMessageContaining(file + ":2:9: costs.from: got ")
                .hasMessageContaining("expected a costs file; there is no such file; did you mean machine.yaml?");
        Path number = write("n.yaml", "costs: {from: 3}\n");
        assertThatThrownBy(() -> loader.load(number)).hasMessageContaining("got 3, expected a file");
    }
}
