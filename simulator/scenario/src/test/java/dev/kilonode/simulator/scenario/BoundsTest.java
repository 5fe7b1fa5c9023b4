package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kilonode.node.link.provider.BuiltInLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting at its least, at its greatest and just outside; a setting without bounds fails here. */
class BoundsTest {

    /** One item in each list, so that each setting is somewhere. */
    private static final String ALL_LISTS = """
        name: bounds
        duration: 2h
        workload: {phases: [{name: p, duration: 10m, uploaders: 5}]}
        faults: [{name: f, kind: garbage, at: 1m, lasting: 1m}]
        checks: [{metric: transport.drops, stat: count, op: "==", limit: 0}]
        """;

    private final ScenarioLoader loader = new ScenarioLoader();

    @TempDir
    Path folder;

    private List<Problem> problemsWith(WrittenSetting setting, String value) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), ALL_LISTS);
        Throwable thrown =
                catchThrowable(() -> loader.load(file, List.of(new ValueOverride("--set", setting.path(), value))));
        if (thrown == null) return List.of();
        assertThat(thrown).as(setting + " = " + value).isInstanceOf(ScenarioException.class);
        assertThat(thrown.getMessage()).doesNotContain("Exception", "java.");
        return ((ScenarioException) thrown).problems();
    }

    static List<WrittenSetting> settings() {
        return WrittenSetting.all();
    }

    @Test
    void allSettingsAreSeen() {
        assertThat(settings()).hasSizeGreaterThan(180);
        assertThat(settings())
                .extracting(WrittenSetting::path)
                .contains(
                        "dht.k",
                        "costs.sign.base",
                        "network.latency.default",
                        "checks[0].where.cause",
                        "hosts",
                        "seed");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theLeastAndTheGreatestAreReadAndJustOutsideIsRefused(WrittenSetting setting) throws IOException {
        String allowed = setting.range().min() + " to " + setting.range().max();
        for (String inside : List.of(setting.least(), setting.greatest())) {
            // what it says to other values is another matter, and has its own words
            assertThat(problemsWith(setting, inside))
                    .as(setting + " = " + inside)
                    .noneMatch(problem -> problem.message().contains(allowed)
                            && problem.path().equals(setting.path()));
        }
        refused(setting, setting.tooGreat(), allowed);
        if (setting.hasTooSmall()) refused(setting, setting.tooSmall(), allowed);
    }

    private void refused(WrittenSetting setting, String outside, String allowed) throws IOException {
        assertThat(problemsWith(setting, outside)).as(setting + " = " + outside).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(setting.path());
            assertThat(problem.at().source()).isEqualTo("--set");
            assertThat(problem.message()).startsWith("got ").contains("expected " + allowed, "; write ");
        });
    }

    @Test
    void numbersBeyondTheirTypeAreReportedWithTheBounds() throws IOException {
        for (WrittenSetting setting : settings()) {
            String unit = setting.range().max().replaceFirst("^-?[0-9.]+", "");
            if (setting.type() == String.class || setting.type() == List.class || unit.equals("%")) continue;
            assertThat(problemsWith(setting, "9".repeat(25) + unit))
                    .as(setting.path())
                    .anySatisfy(problem -> assertThat(problem.message())
                            .contains(setting.range().min() + " to "
                                    + setting.range().max()));
        }
    }

    @Test
    void theSchemaContainsTheBounds() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(ScenarioSchema.text());
        for (WrittenSetting setting : settings()) {
            JsonNode at = schema;
            for (String step : setting.path().replace("[0]", ".[0]").split("\\.")) {
                JsonNode deeper = step.equals("[0]")
                        ? at.path("items")
                        : at.path("properties").path(step);
                if (deeper.isMissingNode() && at.has("description")) break; // of a map: it tells for each value
                at = deeper;
            }
            String max = setting.range().max();
            boolean told = at.path("maximum").decimalValue().toPlainString().equals(max)
                    || at.path("maximum").isDouble() && at.path("maximum").asDouble() == Double.parseDouble(max)
                    || at.path("maxLength").asText().equals(max)
                    || at.path("maxItems").asText().equals(max)
                    || at.path("description").asText().contains(setting.range().min() + " to " + max);
            assertThat(told).as(setting.path() + " in " + at).isTrue();
        }
    }

    /** Values that are each within bounds make no rule and no estimate overflow, whatever they are together. */
    @Test
    void extremeValuesTogetherGiveMessagesAndEstimates() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), ALL_LISTS);
        MergedValues values = loader.load(file).tree();
        ScenarioValidator validator = new ScenarioValidator(dev.kilonode.simulator.plugins.Designs.builtIn());
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Scenario scenario = (Scenario) extreme(Scenario.class, null, "", random);
            try {
                validator.validate(scenario, values, new Problems(), new Problems());
                assertThat(MemoryEstimate.bytes(scenario)).isPositive();
                for (ResourceEstimate.Need need : ResourceEstimate.of(
                        scenario,
                        BuiltInLinks.named("quic"),
                        new ResourceEstimate.Machine(1 << 30, 2, 1024, 1 << 30))) {
                    assertThat(need.wanted()).doesNotContain("-", "NaN", "Infinity");
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + scenario, e);
            }
        }
    }

    private static Object extreme(Class<?> section, @Nullable Bounds ofSection, String path, SplittableRandom random) {
        RecordShape shape = RecordShape.of(section);
        Object[] values = new Object[shape.keys().size()];
        Placeholder one = Placeholder.values()[random.nextInt(3)]; // of a pair such as min and max, both
        for (int i = 0; i < values.length; i++) {
            RecordShape.Key key = shape.keys().get(i);
            Class<?> element = Keys.elementOf(key.type());
            String below = Binder.join(path, key.name());
            Bounds bounds = key.bounds() == null ? ofSection : key.bounds();
            if (key.raw() == List.class) {
                values[i] = List.of(
                        Keys.isSection(element)
                                ? extreme(element, null, below + "[0]", random)
                                : one.of(element, null, below + "[0]"));
            } else if (key.raw() == Map.class) {
                values[i] = element == String.class
                        ? Map.of()
                        : Map.of("default", one.of(element, bounds, below + ".default"));
            } else if (Keys.isSection(key.raw())) {
                values[i] = extreme(key.raw(), bounds, below, random);
            } else {
                Placeholder own = values.length == 2 ? one : Placeholder.values()[random.nextInt(3)];
                values[i] = own.of(key.type(), bounds, below);
            }
        }
        return shape.construct(values);
    }
}
