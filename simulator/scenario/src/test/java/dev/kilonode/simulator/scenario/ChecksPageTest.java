package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of {@code docs/checks.md}, in a scenario of a day with one phase. */
class ChecksPageTest {

    private static final String DAY = """
        duration: 24h
        metrics: {window: 5m}
        workload:
          phases: [{name: plateau, duration: 20h, uploaders: 5}]
        """;

    @TempDir
    Path folder;

    static List<String> examples() throws IOException {
        String page = Files.readString(Path.of("../..", "docs", "checks.md"));
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void thereAreExamplesOfEveryRange() throws IOException {
        assertThat(String.join("", examples()))
                .contains("over: window", "over: phase", "over: trend", "where:", "abort:");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(String example) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), DAY + example);
        assertThat(new ScenarioLoader().load(file).scenario().checks()).isNotEmpty();
    }
}
