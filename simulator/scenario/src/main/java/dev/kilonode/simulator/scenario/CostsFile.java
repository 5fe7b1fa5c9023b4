package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.settings.CostConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of cost parameters that several scenarios share: the keys of {@code costs}, each number with its range and its source. The costs
 * in a scenario override those of the file it names in {@code costs.from}.
 */
final class CostsFile {
    static final String FROM = "from";

    private static final List<String> FACTS = List.of("value", "range", "source");
    private static final String WRITE = "{value: 0.6ms, range: [0.3ms, 0.8ms], source: where they come from}";

    private final Problems problems;

    private CostsFile(Problems problems) {
        this.problems = problems;
    }

    /**
     * Replaces {@code costs.from} of {@code scenario} by the values of that file: below the scenario's own costs if {@code below}, above
     * them otherwise.
     *
     * @param folder base of a relative name; null for the working folder
     * @param read reads the text of a file, or throws an exception at the place given
     * @param problems collects what is wrong with the file
     */
    static Section included(Section scenario, @Nullable Path folder, boolean below, Reader read, Problems problems) {
        Section.Entry costs = scenario.entries().get("costs");
        if (costs == null || !(costs.value() instanceof Section own)) return scenario;
        Value from = own.get(FROM);
        if (from == null) return scenario;
        if (!(from instanceof Scalar name)
                || name.kind() != Scalar.Kind.TEXT
                || name.text().isBlank()) {
            throw ScenarioException.at(
                    from.origin(),
                    "costs.from",
                    "got " + from.describe() + ", expected a file; write from: costs/rc-17.yaml");
        }
        Path file;
        try {
            file = (folder == null ? Path.of(name.text()) : folder.resolve(name.text())).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw ScenarioException.at(
                    from.origin(), "costs.from", "got " + name.describe() + ", expected a file name");
        }
        Section written = YamlReader.document(file.toString(), read.text(file, from.origin()), problems);
        Section shared = new CostsFile(problems).plain(written, CostConfig.class, "costs");
        Section rest = own.without(FROM);
        return scenario.with(
                "costs", new Section.Entry(costs.key(), below ? shared.mergedWith(rest) : rest.mergedWith(shared)));
    }

    /** Reads a costs file. */
    interface Reader {
        /** @throws ScenarioException at {@code asked} if it cannot be read */
        String text(Path file, Origin asked);
    }

    /** The values without range and source. Unknown keys are kept, so that the binder reports them. */
    private Section plain(Section section, Class<?> type, String path) {
        Map<String, Section.Entry> entries = new LinkedHashMap<>();
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) types.put(Keys.of(component), component.getType());
        section.entries().forEach((key, entry) -> {
            Class<?> target = types.get(key);
            String below = Binder.join(path, key);
            if (key.startsWith("x-") || path.equals("costs") && (key.equals("name") || key.equals("description"))) {
                return;
            }
            Value value = entry.value();
            if (target != null && Keys.isSection(target) && value instanceof Section deeper) {
                value = plain(deeper, target, below);
            } else if (target != null && !Keys.isSection(target) && target != String.class) {
                value = described(value, target, below);
            }
            entries.put(key, new Section.Entry(entry.key(), value));
        });
        return new Section(entries, section.origin());
    }

    /** The value of one parameter, which must state its range and source, and lie in the range. */
    private Value described(Value given, Class<?> type, String path) {
        if (!(given instanceof Section facts)) {
            problems.add(
                    given.origin(),
                    path,
                    "got " + given.describe() + ", expected a value with its range and source; write " + WRITE);
            return given;
        }
        facts.entries().forEach((key, entry) -> {
            if (FACTS.contains(key) || key.startsWith("x-")) return;
            problems.add(
                    entry.key(), Binder.join(path, key), "unknown key" + Suggestions.hint(key, FACTS, "keys here"));
        });
        Value value = facts.get("value");
        Value range = facts.get("range");
        Value source = facts.get("source");
        if (!(source instanceof Scalar text) || text.text().isBlank())
            problems.add(facts.origin(), path, "got no source, expected where the value comes from; write " + WRITE);
        if (value == null || range == null) {
            problems.add(
                    facts.origin(),
                    path,
                    "got no " + (value == null ? "value" : "range") + ", expected one; write " + WRITE);
            return value == null ? new Scalar("0", Scalar.Kind.NUMBER, false, facts.origin()) : value;
        }
        if (!(range instanceof Items bounds) || bounds.values().size() != 2) {
            problems.add(
                    range.origin(),
                    Binder.join(path, "range"),
                    "got " + range.describe() + ", expected the least and the largest believable value; write "
                            + WRITE);
            return value;
        }
        Double least = number(bounds.values().get(0), type, Binder.join(path, "range"));
        Double most = number(bounds.values().get(1), type, Binder.join(path, "range"));
        Double chosen = number(value, type, path);
        if (least == null || most == null || chosen == null) return value;
        if (least > most) {
            problems.add(
                    range.origin(), Binder.join(path, "range"), "got a range that runs backwards; swap its bounds");
        } else if (chosen < least || chosen > most) {
            problems.add(
                    value.origin(),
                    path,
                    "got " + value.describe() + ", which is outside of its own range "
                            + ((Scalar) bounds.values().get(0)).text() + " to "
                            + ((Scalar) bounds.values().get(1)).text() + "; change one of them");
        }
        return value;
    }

    private @Nullable Double number(Value value, Class<?> type, String path) {
        ScalarType target = ScalarType.of(type);
        if (!(value instanceof Scalar scalar)) {
            problems.add(
                    value.origin(),
                    path,
                    "got " + value.describe() + ", expected " + target.wanted() + "; write " + target.example());
            return null;
        }
        try {
            return Units.amount(target.parse(scalar, path)).doubleValue();
        } catch (IllegalArgumentException e) {
            problems.add(value.origin(), path, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
