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
import org.junit.jupiter.params.provider.ValueSource;

/** A scenario that another process has sent names no file of this machine. */
class SentScenarioTest {

    private static final String SECRET = "very: secret";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extends: %s",
                "name: a\nextends: '%s'",
                "x-it: &it %s\nextends: *it",
                "costs: {from: %s}",
                "costs:\n  cpu: {}\n  from: %s",
                "x-costs: &costs {from: %s}\ncosts: *costs"
            })
    void noFileIsReadAndNoLineOfOneIsShown(String text) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.yaml"), SECRET);
        Path sent = Files.writeString(folder.resolve("sent.yaml"), text.formatted(secret));
        assertThatThrownBy(() -> new ScenarioLoader().loadSent(sent, List.of()))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("names no other file")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void whatTheCoordinatorSendsIsWhole() throws IOException {
        LoadedScenario written = new ScenarioLoader().load(Path.of("../..", "scenarios", "soak-10min-fixed.yaml"));
        assertThat(written.sourceText()).contains("extends:");
        Path sent =
                Files.writeString(folder.resolve("sent.yaml"), written.tree().yaml());
        assertThat(new ScenarioLoader().loadSent(sent, List.of()).scenario()).isEqualTo(written.scenario());
    }
}
