package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.plugins.Designs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a scenario: built-in values, then the files it extends, then the file, then overrides in their order. Sections merge key by key,
 * lists are replaced. Every method throws {@link ScenarioException} with all problems found.
 */
public final class ScenarioLoader {
    private static final Section BUILT_IN = builtIn();
    private static final int MAX_EXTENDS = 10;

    private final Designs designs;
    private final ScenarioValidator validator;

    /** Knows the built-in designs. */
    public ScenarioLoader() {
        this(Designs.builtIn());
    }

    private ScenarioLoader(Designs designs) {
        this.designs = designs;
        this.validator = new ScenarioValidator(designs);
    }

    /** A loader that accepts {@code others} instead. */
    public ScenarioLoader with(Designs others) {
        return new ScenarioLoader(others);
    }

    public LoadedScenario load(Path file) {
        return load(file, List.of());
    }

    public LoadedScenario load(Path file, List<ValueOverride> overrides) {
        return load(file, overrides, 1, "--scale");
    }

    /**
     * @param overrides later ones win
     * @param scale factor on nodes, hosts and uploaders; 1 changes nothing
     * @param scaleSource the flag or variable that set the scale
     */
    public LoadedScenario load(Path file, List<ValueOverride> overrides, double scale, String scaleSource) {
        Problems problems = new Problems();
        Problems warnings = new Problems();
        String text = TextFile.named(file);
        Section written = withBases(file, text, new ArrayList<>(), problems);
        if (written.entries().isEmpty() && overrides.isEmpty()) {
            problems.add(written.origin(), "", "got no keys, expected a scenario; write name: my-scenario");
        }
        Section merged = filled(BUILT_IN.mergedWith(written));
        for (ValueOverride override : overrides) {
            merged = CostsFile.included(
                    OverrideLayer.apply(merged, override), null, false, ScenarioLoader::costs, problems);
        }
        return validated(filled(merged), scale, scaleSource, text, problems, warnings);
    }

    /**
     * Loads a scenario that another process has sent as a whole. It may name no other file, whose lines a problem would show to the sender.
     *
     * @throws ScenarioException also if it extends a file, or names one with costs
     */
    public LoadedScenario loadSent(Path file, List<ValueOverride> overrides) {
        Problems problems = new Problems();
        Section written = YamlReader.document(file.toString(), TextFile.named(file), problems);
        refuse(written, "extends", "extends");
        if (written.get("costs") instanceof Section costs) refuse(costs, CostsFile.FROM, "costs.from");
        problems.throwIfAny();
        return load(file, overrides);
    }

    private static void refuse(Section section, String key, String path) {
        Value named = section.get(key);
        if (named == null) return;
        throw ScenarioException.at(
                named.origin(), path, "got " + named.describe() + ", expected a scenario that names no other file");
    }

    /**
     * Replaces the checks of a scenario by those of another file, which must fit the scenario.
     *
     * @param file a scenario; only {@code checks} and what it extends is read
     */
    public LoadedScenario withChecksOf(Path file, LoadedScenario run) {
        Problems problems = new Problems();
        String text = TextFile.named(file);
        Section other = withBases(file, text, new ArrayList<>(), problems);
        Section.Entry checks = other.entries().get("checks");
        if (checks == null) {
            throw ScenarioException.at(
                    other.origin(),
                    "",
                    "got no checks, expected some to evaluate; write checks: and one a line, after a dash");
        }
        Section merged = filled(run.tree().root().with("checks", checks));
        return validated(merged, 1, "", text, problems, new Problems());
    }

    private LoadedScenario validated(
            Section merged, double scale, String scaleSource, String text, Problems problems, Problems warnings) {
        Scenario scenario = new Binder(problems, Placeholder.USUAL).bind(merged, Scenario.class);
        if (scale != 1 && problems.none()) {
            merged = new Scaling(scale, scaleSource + " " + scale).apply(merged);
            scenario = new Binder(problems, Placeholder.USUAL).bind(merged, Scenario.class);
        }
        MergedValues values = new MergedValues(merged);
        if (problems.none()) validator.validate(scenario, values, problems, warnings);
        else if (!problems.isFull()) problems.addAll(independentProblems(values));
        problems.throwIfAny();
        return new LoadedScenario(scenario, text, values, designs, warnings.inOrder());
    }

    /** Problems between the values that could be read, whatever the others should have been. */
    private List<Problem> independentProblems(MergedValues values) {
        List<Problem> wrong = new ArrayList<>();
        for (Placeholder placeholder : Placeholder.values()) {
            Scenario scenario = new Binder(new Problems(), placeholder).bind(values.root(), Scenario.class);
            Problems found = new Problems();
            validator.validate(scenario, values, found, new Problems());
            if (placeholder == Placeholder.LEAST) wrong.addAll(found.inOrder());
            else wrong.retainAll(found.inOrder());
        }
        return wrong;
    }

    private static String costs(Path file, Origin asked) {
        return TextFile.asked(file, asked, "costs.from", "costs");
    }

    /** The file's values merged over those of the files it extends. */
    private static Section withBases(Path file, String text, List<Path> chain, Problems problems) {
        Section section = CostsFile.included(
                YamlReader.document(file.toString(), text, problems),
                file.getParent(),
                true,
                ScenarioLoader::costs,
                problems);
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
        String below = TextFile.asked(shown, extended.origin(), "extends", "scenario");
        return withBases(shown, below, chain, problems).mergedWith(section.without("extends"));
    }

    /** Removes notes and fills in missing keys of list items. */
    private static Section filled(Section scenario) {
        Section items = (Section) java.util.Objects.requireNonNull(BUILT_IN.get("x-items"));
        return ItemDefaults.fill(withoutNotes(scenario), items);
    }

    /** Removes the keys that start with {@code x-}, at every depth; they are notes of the author. */
    private static Section withoutNotes(Section section) {
        Map<String, Section.Entry> kept = new LinkedHashMap<>();
        section.entries().forEach((key, entry) -> {
            if (!key.startsWith("x-")) kept.put(key, new Section.Entry(entry.key(), withoutNotes(entry.value())));
        });
        return new Section(kept, section.origin());
    }

    private static Value withoutNotes(Value value) {
        if (value instanceof Section section) return withoutNotes(section);
        if (!(value instanceof Items items)) return value;
        List<Value> cleaned = new ArrayList<>();
        for (Value item : items.values()) cleaned.add(item instanceof Section below ? withoutNotes(below) : item);
        return new Items(List.copyOf(cleaned), items.origin());
    }

    static Section builtIn() {
        Problems problems = new Problems();
        Section defaults = YamlReader.document(Origin.BUILT_IN, builtInYaml(), problems);
        problems.throwIfAny();
        return defaults;
    }

    /** The built-in values; defaults of items of a list {@code a.b} are under {@code x-items: a.b:}. */
    public static String builtInYaml() {
        try (InputStream in = ScenarioLoader.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) throw new IllegalStateException("defaults.yaml is missing from the jar");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
