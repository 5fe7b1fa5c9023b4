package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kilonode.reports.compare.Baseline;
import dev.kilonode.reports.compare.BaselineFile;
import dev.kilonode.reports.compare.Settings;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.scenario.ModelVersion;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the version of the model is raised when it must be, and what becomes of numbers of another one. */
class ModelTest {

    /** Of the small run of this model. When it changes, so must the version. */
    private static final Map<Integer, String> DIGESTS = Map.of(3, "d0b40c1a6cc4bf08f77673af86fcd08c");

    @TempDir
    Path out;

    @Test
    void theVersionIsRaisedWhenABuiltInValueChanges() throws IOException {
        Path file = Path.of("src", "test", "resources", "model-" + ModelVersion.VERSION + ".txt");
        var known = new TreeMap<String, String>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            known.put(line.substring(0, equals), line.substring(equals + 1));
        }
        Map<String, String> now = builtIn();
        known.forEach((path, value) -> assertThat(now)
                .as("a built-in value of another model: raise ModelVersion.VERSION and write model-N.txt for it")
                .containsEntry(path, value));
        now.keySet().removeAll(known.keySet());
        assertThat(now).as("new settings: add them to " + file).isEmpty();
    }

    @Test
    void aRunCarriesModelAndBuildAndTheVersionIsRaisedWhenItsDigestChanges() throws IOException {
        Commands.Said run = Commands.onSmoke("run", out, Commands.SMALL, "-q");
        assertThat(run.exit()).as(run.lastLine()).isEqualTo(ExitCode.PASS);
        Path directory = Commands.onlyRun(out);
        assertThat(Files.readString(directory.resolve("data/digest.txt")).strip())
                .as("the same scenario gives another digest: raise ModelVersion.VERSION, and keep the digest here")
                .endsWith(" " + DIGESTS.get(ModelVersion.VERSION));
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
        JsonNode version = new ObjectMapper()
                .readTree(Commands.kilonode(List.of("version", "--format", "json"))
                        .out());
        assertThat(manifest.path("model").asInt()).isEqualTo(ModelVersion.VERSION);
        assertThat(manifest.path("settings_hash").asText()).matches("[0-9a-f]{16}");
        for (String key : List.of("commit", "dirty")) {
            assertThat(manifest.has(key)).isTrue();
            assertThat(manifest.get(key)).as(key).isEqualTo(version.get(key));
        }
        if (version.hasNonNull("commit")) {
            String commit = version.get("commit").asText();
            assertThat(commit).matches("[0-9a-f]{40}");
            assertThat(Commands.kilonode(List.of("version")).out()).contains("built from " + commit.substring(0, 12));
            assertThat(Files.readString(directory.resolve("report.html"))).contains(commit.substring(0, 12));
            assertThat(Commands.kilonode(List.of("compare", directory.toString(), directory.toString()))
                            .out())
                    .contains(commit.substring(0, 12));
        } else {
            assertThat(Commands.kilonode(List.of("version")).out()).contains("of an unknown commit");
        }
    }

    @Test
    void aBaselineOfAnotherModelIsInsufficientAndOneOfAnotherScenarioIsRefused() throws IOException {
        assertThat(Commands.onSmoke("run", out, Commands.SMALL, "-q").exit()).isEqualTo(ExitCode.PASS);
        Path folder = out.resolve("baselines");
        Path file = folder.resolve("smoke.json");
        Commands.Said added = Commands.kilonode(List.of("baseline", "add", out.toString(), "--dir", folder.toString()));
        assertThat(added.exit()).as(added.lastLine()).isEqualTo(ExitCode.PASS);
        Baseline now = BaselineFile.read(file);
        assertThat(now.model()).isEqualTo(ModelVersion.VERSION);
        for (int model : new int[] {0, ModelVersion.VERSION + 1}) {
            BaselineFile.write(file, of(now, now.scenario(), "0123456789abcdef", model));
            Commands.Said said = Commands.onSmoke("run", out, Commands.SMALL, "--baseline", file.toString(), "-q");
            assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.INCONCLUSIVE);
            assertThat(said.lastLine())
                    .contains(model == 0 ? "from before models had versions" : "computed with model " + model)
                    .contains("record BASE again");
            Commands.Said compared = Commands.kilonode(
                    List.of("compare", file.toString(), out.resolve("smoke").toString(), "--gate"));
            assertThat(compared.exit()).as(compared.lastLine()).isEqualTo(ExitCode.INCONCLUSIVE);
            BaselineFile.write(file, of(now, "another", now.hash(), model));
            Commands.Said refused = Commands.onSmoke("run", out, Commands.SMALL, "--baseline", file.toString());
            assertThat(refused.exit()).as(refused.lastLine()).isEqualTo(ExitCode.USAGE);
        }
    }

    private static Baseline of(Baseline b, String scenario, String hash, int model) {
        return new Baseline(
                b.name(),
                scenario,
                hash,
                model,
                b.clock(),
                b.jvms(),
                b.tool(),
                b.build(),
                b.recorded(),
                b.platform(),
                b.seeds(),
                b.digests(),
                b.metrics());
    }

    /** Built-in values that decide the network, also those of items of lists. */
    private static Map<String, String> builtIn() throws IOException {
        String yaml = ScenarioLoader.builtInYaml();
        var mapper = new YAMLMapper();
        var items = JsonNodeFactory.instance.objectNode();
        items.set("items", mapper.readTree(yaml).path("x-items").deepCopy());
        var values = new TreeMap<>(Settings.of(yaml).values());
        values.putAll(Settings.of(mapper.writeValueAsString(items)).values());
        values.keySet().removeIf(path -> path.matches("items\\.checks\\..*|metrics\\.(?!window).*"));
        return values;
    }
}
