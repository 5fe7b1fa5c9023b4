package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedScenariosTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path SCHEMA = ROOT.resolve("docs/scenario.schema.json");
    private final ScenarioLoader loader = new ScenarioLoader();

    static List<Path> shipped() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : List.of("scenarios", "scenarios/evidence", "scenarios/faults")) all.addAll(in(folder));
        return all;
    }

    private static List<Path> in(String folder) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyCheckOfEvidenceSaysWhatWasPublished() throws IOException {
        assertThat(in("scenarios/evidence"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(loader.load(file).scenario().checks())
                        .isNotEmpty()
                        .allSatisfy(check -> assertThat(check.because()).isNotBlank()));
    }

    @Test
    void everyKindOfFaultHasAScenarioOfItAndASection() throws IOException {
        List<String> kinds =
                Arrays.stream(Fault.Kind.values()).map(Keys::of).sorted().toList();
        assertThat(in("scenarios/faults"))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(
                        kinds.stream().map(kind -> kind + ".yaml").toList());
        String page = Files.readString(ROOT.resolve("docs/faults.md"));
        for (String kind : kinds) {
            LoadedScenario loaded = loader.load(ROOT.resolve("scenarios/faults/" + kind + ".yaml"));
            assertThat(loaded.warnings()).as(kind).isEmpty();
            assertThat(loaded.scenario().faults())
                    .extracting(fault -> Keys.of(fault.kind()))
                    .containsExactly(kind);
            assertThat(loaded.scenario().checks())
                    .allSatisfy(check -> assertThat(check.because()).isNotBlank());
            assertThat(page).contains("\n## " + kind + "\n").contains("scenarios/faults/" + kind + ".yaml)");
        }
        assertThat(page.lines().filter(line -> line.startsWith("## "))).hasSameSizeAs(kinds);
    }

    @Test
    void thereAreShippedScenarios() throws IOException {
        assertThat(shipped()).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedScenarioLoadsUnderItsFileName(Path file) {
        assertThat(file.getFileName()).hasToString(loader.load(file).scenario().name() + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedScenarioFitsTheSchemaAndNamesIt(Path file) throws IOException {
        String text = Files.readString(file);
        String up = ROOT.resolve("scenarios").equals(file.getParent()) ? ".." : "../..";
        assertThat(text).startsWith("# yaml-language-server: $schema=" + up + "/docs/scenario.schema.json\n");
        assertThat(schemaErrors(text)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aResolvedScenarioLoadsToTheSameScenario(Path file, @TempDir Path folder) throws IOException {
        LoadedScenario loaded = loader.load(file);
        Path resolved =
                Files.writeString(folder.resolve("resolved.yaml"), loaded.tree().yaml());
        assertThat(loader.load(resolved).scenario()).isEqualTo(loaded.scenario());
        assertThat(schemaErrors(loaded.tree().yaml())).isEmpty();
        Path withOrigins =
                Files.writeString(folder.resolve("origins.yaml"), loaded.tree().yamlWithOrigins());
        assertThat(loader.load(withOrigins).scenario()).isEqualTo(loaded.scenario());
    }

    @Test
    void theFixedScenarioDiffersOnlyInTheFix() {
        var failing = loader.load(ROOT.resolve("scenarios/rc-17.yaml")).tree().plain();
        var fixed =
                loader.load(ROOT.resolve("scenarios/rc-17-fixed.yaml")).tree().plain();
        List<String> different = new ArrayList<>();
        differences("", new ObjectMapper().valueToTree(failing), new ObjectMapper().valueToTree(fixed), different);
        assertThat(different)
                .containsExactly(
                        "name",
                        "description",
                        "transport.registry",
                        "transport.receive-capacity",
                        "transport.min-shard-capacity");
    }

    @Test
    void theFourVariantsOfTheFixDifferInOneHalfEach() {
        assertDiffering("quickstart", "quickstart-scoped-locks", LOCK);
        assertDiffering("quickstart-long-queues", "quickstart-fixed", LOCK);
        assertDiffering("quickstart", "quickstart-long-queues", CAPACITY);
        assertDiffering("quickstart-scoped-locks", "quickstart-fixed", CAPACITY);
    }

    private static final String[] LOCK = {"transport.registry"};
    private static final String[] CAPACITY = {"transport.receive-capacity", "transport.min-shard-capacity"};

    private void assertDiffering(String one, String other, String... settings) {
        List<String> different = new ArrayList<>();
        differences("", plain(one), plain(other), different);
        different.removeAll(List.of("name", "description", "checks"));
        assertThat(different).as(one + ", " + other).containsExactly(settings);
    }

    private JsonNode plain(String name) {
        return new ObjectMapper()
                .valueToTree(loader.load(ROOT.resolve("scenarios/" + name + ".yaml"))
                        .tree()
                        .plain());
    }

    private static void differences(String path, JsonNode one, JsonNode other, List<String> out) {
        if (!one.isObject()) {
            if (!one.equals(other)) out.add(path.substring(1));
            return;
        }
        one.fieldNames().forEachRemaining(key -> differences(path + "." + key, one.get(key), other.get(key), out));
    }

    @Test
    void theCommittedSchemaIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(SCHEMA).equals(ScenarioSchema.text()))
                .as("the committed schema is stale; write it anew: ./kilonode schema > docs/scenario.schema.json")
                .isTrue();
    }

    @Test
    void everyKeyOfTheSchemaHasADescription() throws IOException {
        List<String> without = new ArrayList<>();
        int keys = describe("", new ObjectMapper().readTree(ScenarioSchema.text()), without);
        assertThat(without).isEmpty();
        assertThat(keys).isGreaterThan(150);
    }

    private static int describe(String path, JsonNode schema, List<String> without) {
        int keys = 0;
        for (var property : schema.path("properties").properties()) {
            String below = path + "." + property.getKey();
            if (property.getValue().path("description").asText().isBlank()) without.add(below);
            keys += 1 + describe(below, property.getValue(), without);
        }
        return keys + (schema.has("items") ? describe(path + "[]", schema.get("items"), without) : 0);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void theSchemaRefusesWhatTheLoaderRefuses(String yaml) throws IOException {
        assertThat(schemaErrors(yaml)).isNotEmpty();
    }

    static List<String> wrong() {
        return List.of(
                "transport: {shrads: 8}",
                "duration: 15",
                "identity: {timeout: 15 seconds}",
                "network: {loss: 0.05}",
                "clock: real",
                "nodes: {count: -1}",
                "checks: [{metric: upload.latency}]",
                "network: {latency: {default: 4}}");
    }

    @Test
    void theSchemaAllowsNotesAndExtends() throws IOException {
        assertThat(schemaErrors("{extends: a.yaml, x-note: 1, transport: {x-why: [2]}}"))
                .isEmpty();
    }

    private static List<String> schemaErrors(String yaml) throws IOException {
        String json = new YAMLMapper().readTree(yaml).toString();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(ScenarioSchema.text())
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
