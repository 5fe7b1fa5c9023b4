package dev.kilonode.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All values of a scenario after merging, each with its origin. */
public final class MergedValues {
    private final Section root;

    MergedValues(Section root) {
        this.root = root;
    }

    Section root() {
        return root;
    }

    /** The scenario as YAML that can be run again. */
    public String yaml() {
        return new YamlWriter(false).write(root);
    }

    /** The scenario as YAML with the origin of each value as a comment. */
    public String yamlWithOrigins() {
        return new YamlWriter(true).write(root);
    }

    /** The scenario as nested maps, lists, strings, numbers and booleans, for a JSON writer. */
    public Map<String, Object> plain() {
        return plain(root);
    }

    /** Path of each single value, such as {@code hosts[0].count}, to the description of its origin; in the order of the file. */
    public Map<String, String> origins() {
        Map<String, String> origins = new LinkedHashMap<>();
        collect(root, "", origins);
        return origins;
    }

    /** The origin of a value, such as that of {@code hosts[0].count}; of the nearest enclosing section if it has none. */
    Origin originOf(String path) {
        Value value = root;
        for (String step : path.replace("[", ".[").split("\\.")) {
            Value below = below(value, step);
            if (below == null) break;
            value = below;
        }
        return value.origin();
    }

    /** The text of the single value at {@code path}; null when there is none. */
    @Nullable
    String textOf(String path) {
        Value value = root;
        for (String step : path.replace("[", ".[").split("\\.")) {
            value = value == null ? null : below(value, step);
        }
        return value instanceof Scalar scalar ? scalar.text() : null;
    }

    private static @Nullable Value below(Value value, String step) {
        if (value instanceof Section section) return section.get(step);
        if (value instanceof Items items && step.startsWith("[")) {
            int index = Integer.parseInt(step.substring(1, step.length() - 1));
            return index < items.values().size() ? items.values().get(index) : null;
        }
        return null;
    }

    private static Map<String, Object> plain(Section section) {
        Map<String, Object> map = new LinkedHashMap<>();
        section.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
        return map;
    }

    private static Object plain(Value value) {
        if (value instanceof Section section) return plain(section);
        if (value instanceof Items items)
            return items.values().stream().map(MergedValues::plain).toList();
        Scalar scalar = (Scalar) value;
        return switch (scalar.kind()) {
            case BOOLEAN -> scalar.text().equals("true");
            case NUMBER -> number(scalar.text());
            default -> scalar.text();
        };
    }

    private static Object number(String text) {
        if (text.matches("[-+]?[0-9]{1,18}")) return Long.parseLong(text);
        return text.matches("[-+]?[0-9]+\\.[0-9]+") ? (Object) new java.math.BigDecimal(text) : text;
    }

    private static void collect(Value value, String path, Map<String, String> origins) {
        if (value instanceof Section section && !section.entries().isEmpty()) {
            section.entries().forEach((key, entry) -> collect(entry.value(), Binder.join(path, key), origins));
        } else if (value instanceof Items items && !items.values().isEmpty()) {
            List<Value> values = items.values();
            for (int i = 0; i < values.size(); i++) collect(values.get(i), path + "[" + i + "]", origins);
        } else {
            origins.put(path, value.origin().describe());
        }
    }
}
