package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostsCommandTest {

    @TempDir
    Path folder;

    @Test
    void measuredCostsAreAFileThatAScenarioCanName() throws IOException {
        Path file = folder.resolve("costs/here.yaml");
        Commands.Said said =
                Commands.kilonode(List.of("costs", "measure", "--per-operation", "5ms", "--out", file.toString()));
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(said.out()).contains("ML-DSA-65", "Ed25519", "SHA-256", "verify");
        Path scenario = Files.writeString(folder.resolve("s.yaml"), "costs: {from: costs/here.yaml}\n");
        Commands.Said shown = Commands.kilonode(List.of("show", scenario.toString(), "--format", "json"));
        assertThat(shown.exit()).as(shown.lastLine()).isEqualTo(ExitCode.PASS);
        JsonNode json = JsonMapper.builder().build().readTree(shown.out());
        assertThat(json.at("/scenario/costs/sign/source").asText())
                .startsWith("measured on ")
                .contains("ML-DSA-65 by ");
        assertThat(json.at("/origins/costs.verify.base").asText()).startsWith(file.toString());
        Commands.Said again = Commands.kilonode(List.of("costs", "measure", "--out", file.toString()));
        assertThat(again.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(again.lastLine()).contains("--replace");
    }

    @Test
    void everyOperationIsMeasuredOftenEnough() throws IOException {
        Commands.Said said =
                Commands.kilonode(List.of("costs", "measure", "--per-operation", "5ms", "--format", "json"));
        JsonNode json = JsonMapper.builder().build().readTree(said.out());
        assertThat(json).hasSize(5);
        for (JsonNode one : json) {
            assertThat(one.path("samples").asInt()).isGreaterThanOrEqualTo(30);
            assertThat(one.path("base_low_ns").asLong())
                    .isLessThanOrEqualTo(one.path("base_ns").asLong());
            boolean hash = one.path("what").asText().equals("hash");
            assertThat(one.path(hash ? "per_kib_ns" : "base_ns").asLong()).isPositive();
        }
    }

    @Test
    void invalidTextIsRefused() {
        assertThat(Commands.kilonode(List.of("costs")).lastLine()).contains("costs needs measure");
        assertThat(Commands.kilonode(List.of("costs", "guess")).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(Commands.kilonode(List.of("costs", "measure", "--algorithm", "ML-DSA-56"))
                        .lastLine())
                .contains("did you mean ML-DSA-65?");
        assertThat(Commands.kilonode(List.of("costs", "measure", "--per-operation", "0s"))
                        .exit())
                .isEqualTo(ExitCode.USAGE);
    }
}
