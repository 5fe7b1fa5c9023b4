package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.plugin.Designs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a scenario: built-in values, then the files it extends, then the file, then overrides in their order. Sections merge key
 * by key, lists are replaced. Every method throws {@link ScenarioException} with everything found wrong.
 */
public final class ScenarioLoader {
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_EXTENDS = 10;

    private final MetricCatalogue metrics;
    private final Designs designs;
    private final ScenarioValidator validator;

    /** Knows the built-in designs. @param metrics the metrics that checks may name */
    public ScenarioLoader(MetricCatalogue metrics) {
        this(metrics, Designs.builtIn());
    }

    private ScenarioLoader(MetricCatalogue metrics, Designs designs) {
        this.metrics = metrics;
        this.designs = designs;
        this.validator = new ScenarioValidator(metrics, designs);
    }

    /** One that knows these designs. */
    public ScenarioLoader with(Designs others) {
        return new ScenarioLoader(metrics, others);
    }

    public LoadedScenario load(Path file) {
        return load(file, List.of());
    }

    public LoadedScenario load(Path file, List<ValueOverride> overrides) {
        return load(file, overrides, 1, "--scale");
    }

    /**
     * @param overrides later ones win
     * @param scale factor on nodes, hosts and uploaders; 1 leaves all as it is
     * @param scaleSource the flag or variable that gave the scale
     */
    public LoadedScenario load(Path file, List<ValueOverride> overrides, double scale, String scaleSource) {
        String text = read(file, new Origin(file.toString(), 0, 0, ""), "", "scenario");
        Section merged = builtIn().mergedWith(withBases(file, text, new ArrayList<>()));
        Section items = (Section) java.util.Objects.requireNonNull(builtIn().get("x-items"));
        merged = ItemDefaults.fill(withoutNotes(merged), items);
        for (ValueOverride override : overrides) {
            merged = CostsFile.included(
                    OverrideLayer.apply(merged, override),
                    null,
                    false,
                    (costs, asked) -> read(costs, asked, "costs.from", "costs"));
        }
        merged = ItemDefaults.fill(withoutNotes(merged), items);
        Scenario scenario = bind(merged);
        if (scale != 1) {
            merged = new Scaling(scale, scaleSource + " " + scale).apply(merged);
            scenario = bind(merged);
        }
        MergedValues values = new MergedValues(merged);
        validator.validate(scenario, values);
        return new LoadedScenario(scenario, text, values, designs);
    }

    /**
     * The checks of another file in place of those of a scenario, which they must fit.
     *
     * @param file a scenario, of which only {@code checks} and what it extends is read
     */
    public LoadedScenario withChecksOf(Path file, LoadedScenario run) {
        String text = read(file, new Origin(file.toString(), 0, 0, ""), "", "scenario");
        Section other = withBases(file, text, new ArrayList<>());
        Section.Entry checks = other.entries().get("checks");
        if (checks == null) {
            throw ScenarioException.at(
                    other.origin(),
                    "",
                    "got no checks, expected some to evaluate; write checks: and one a line, after a dash");
        }
        Section items = (Section) java.util.Objects.requireNonNull(builtIn().get("x-items"));
        Section merged = ItemDefaults.fill(withoutNotes(run.tree().root().with("checks", checks)), items);
        Scenario scenario = bind(merged);
        MergedValues values = new MergedValues(merged);
        validator.validate(scenario, values);
        return new LoadedScenario(scenario, text, values, designs);
    }

    private static Scenario bind(Section merged) {
        Problems problems = new Problems();
        Scenario scenario = new Binder(problems).bind(merged, Scenario.class);
        problems.throwIfAny();
        if (scenario == null) throw new IllegalStateException("a scenario was not read, and nobody said why");
        return scenario;
    }

    /** The file's values on those of the files it extends. */
    private static Section withBases(Path file, String text, List<Path> chain) {
        Section section = CostsFile.included(
                YamlReader.document(file.toString(), text),
                file.getParent(),
                true,
                (costs, asked) -> read(costs, asked, "costs.from", "costs"));
        Path real = file.toAbsolutePath().normalize();
        chain.add(real);
        Value extended = section.get("extends");
        if (extended == null) return section;
        if (!(extended instanceof Scalar name)
                || name.kind() != Scalar.Kind.TEXT
                || name.text().isBlank()) {
            throw ScenarioException.at(
                    extended.origin(),
                    "extends",
                    "got " + extended.describe() + ", expected a file; write extends: rc-17.yaml");
        }
        Path base;
        try {
            Path folder = real.getParent();
            base = (folder == null ? Path.of(name.text()) : folder.resolve(name.text())).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw ScenarioException.at(
                    extended.origin(), "extends", "got " + name.describe() + ", expected a file name");
        }
        if (chain.contains(base)) {
            throw ScenarioException.at(
                    extended.origin(),
                    "extends",
                    "got " + name.describe() + ", which in the end extends this file; write another file");
        }
        if (chain.size() > MAX_EXTENDS) {
            throw ScenarioException.at(
                    extended.origin(), "extends", "got a chain of more than " + MAX_EXTENDS + " files");
        }
        Path shown = file.getParent() == null
                ? Path.of(name.text())
                : file.getParent().resolve(name.text()).normalize();
        return withBases(shown, read(shown, extended.origin(), "extends", "scenario"), chain)
                .mergedWith(section.without("extends"));
    }

    /** @param kind what it should hold: a scenario, or costs */
    private static String read(Path file, Origin asked, String path, String kind) {
        String problem;
        try {
            if (!Files.exists(file)) {
                problem = "got " + file + ", expected a " + kind + " file; there is no such file" + neighbour(file);
            } else if (Files.isDirectory(file)) {
                problem = "got the folder " + file + ", expected a " + kind + " file; write the path of a .yaml file";
            } else if (Files.size(file) > MAX_FILE_BYTES) {
                problem = "got a file of " + Files.size(file) + " bytes, expected at most 1 MiB";
            } else {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString();
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException e) {
            problem = "got bytes that are not UTF-8, expected a text file; save it as UTF-8";
        } catch (IOException e) {
            problem = "cannot be read: " + e;
        }
        throw ScenarioException.at(asked, path, problem);
    }

    private static String neighbour(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path name = file.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) return "";
        try (var files = Files.list(folder)) {
            List<String> names = files.map(path -> String.valueOf(path.getFileName()))
                    .filter(other -> other.endsWith(".yaml") || other.endsWith(".json"))
                    .sorted()
                    .toList();
            return NearMiss.hint(name.toString(), names);
        }
    }

    /** Without the keys that start with {@code x-}, at every depth: they are the author's own notes. */
    private static Section withoutNotes(Section section) {
        Section kept = section;
        for (var entry : section.entries().entrySet()) {
            Value value = entry.getValue().value();
            if (entry.getKey().startsWith("x-")) {
                kept = kept.without(entry.getKey());
            } else if (value instanceof Section below) {
                kept = kept.with(
                        entry.getKey(), new Section.Entry(entry.getValue().key(), withoutNotes(below)));
            } else if (value instanceof Items items) {
                List<Value> cleaned = new ArrayList<>();
                for (Value item : items.values())
                    cleaned.add(item instanceof Section below ? withoutNotes(below) : item);
                kept = kept.with(
                        entry.getKey(),
                        new Section.Entry(entry.getValue().key(), new Items(List.copyOf(cleaned), items.origin())));
            }
        }
        return kept;
    }

    static Section builtIn() {
        return YamlReader.document(Origin.BUILT_IN, builtInYaml());
    }

    /** The built-in values; those of the items of a list {@code a.b} are under {@code x-items: a.b:}. */
    public static String builtInYaml() {
        try (InputStream in = ScenarioLoader.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) throw new IllegalStateException("defaults.yaml is missing from the jar");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
