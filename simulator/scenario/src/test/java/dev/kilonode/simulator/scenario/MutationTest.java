package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutationTest {
    private static final List<String> BITS = List.of(
            "-",
            ":",
            " ",
            "\n",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            "#",
            "&a",
            "*a",
            "!",
            "|",
            ">",
            "%",
            "@",
            "\t",
            "0",
            "-1",
            "1e999",
            ".nan",
            ".inf",
            "null",
            "~",
            "99999999999999999999",
            "1h",
            "5%",
            "\u0000",
            "\u202e",
            "\ud83d\ude00",
            "? ",
            "---\n",
            "<<: 3\n",
            "extends: s.yaml\n");
    private final ScenarioLoader loader = new ScenarioLoader();

    /** Either a valid scenario or words about what is wrong: nothing else may come out of a broken file. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void brokenFilesGiveAMessageAndNeverAStackTrace(long seed, @TempDir Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Path> shipped = ShippedScenariosTest.shipped().stream()
                .filter(path ->
                        !path.toString().contains("fixed") && !path.toString().contains("quickstart"))
                .toList();
        int refused = 0;
        for (int round = 0; round < 100; round++) {
            StringBuilder text = new StringBuilder(Files.readString(shipped.get(random.nextInt(shipped.size()))));
            int edits = 1 + random.nextInt(3);
            for (int i = 0; i < edits; i++) edit(text, random);
            Path file = Files.write(folder.resolve("s.yaml"), text.toString().getBytes(StandardCharsets.UTF_8));
            try {
                Scenario scenario = loader.load(file).scenario();
                assertThat(scenario.nodes().count()).isPositive();
            } catch (ScenarioException e) {
                refused++;
                assertThat(e.problems())
                        .as("seed %d round %d", seed, round)
                        .isNotEmpty()
                        .hasSizeLessThanOrEqualTo(20);
                assertThat(e.getMessage()).doesNotContain("Exception", "java.");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " round " + round + ":\n" + text, e);
            }
        }
        assertThat(refused).as("a mutation that breaks nothing tests nothing").isGreaterThan(20);
    }

    private static void edit(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(3)) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, BITS.get(random.nextInt(BITS.size())));
            default -> text.replace(at, to, BITS.get(random.nextInt(BITS.size())));
        }
    }
}
