package dev.kilonode.simulator.scenario;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds values to records, strictly: every key must be known, and every value must have its type and unit and lie within its bounds.
 * Collects problems instead of stopping, and substitutes a placeholder for each wrong value.
 */
final class Binder {
    private final Problems problems;
    private final Placeholder placeholder;

    Binder(Problems problems, Placeholder placeholder) {
        this.problems = problems;
        this.placeholder = placeholder;
    }

    /** Creates the record; if a problem was found, it contains placeholders. */
    <T extends Record> T bind(Section section, Class<T> type) {
        return type.cast(record(section, type, null, ""));
    }

    /** @param bounds of the key that has the value; null if its type has none */
    Object any(Value value, Type type, @Nullable Bounds bounds, String path) {
        if (type instanceof ParameterizedType parameterized) {
            Type element = parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1];
            return parameterized.getRawType() == List.class
                    ? list(value, parameterized, element, bounds, path)
                    : map(value, parameterized, element, bounds, path);
        }
        Class<?> target = (Class<?>) type;
        if (!Keys.isSection(target)) return scalar(value, target, bounds, path);
        if (value instanceof Section section) return record(section, target, bounds, path);
        return wrong(
                value,
                type,
                bounds,
                path,
                "a section with the keys "
                        + String.join(", ", RecordShape.of(target).names()));
    }

    private Object record(Section section, Class<?> type, @Nullable Bounds bounds, String path) {
        RecordShape shape = RecordShape.of(type);
        Set<String> meant = unknownKeys(section, shape.names(), path);
        Object[] values = new Object[shape.keys().size()];
        for (int i = 0; i < values.length; i++) {
            RecordShape.Key key = shape.keys().get(i);
            String below = join(path, key.name());
            Bounds own = key.bounds() == null ? bounds : key.bounds();
            Value value = section.get(key.name());
            if (value == null) {
                problems.add(
                        section.origin(),
                        path,
                        "got no " + key.name() + ", expected one; write " + key.name() + ": " + example(key.raw()));
            }
            boolean unsaid = value == null
                    || meant.contains(key.name()) && value.origin().isBuiltIn();
            values[i] = value == null || unsaid
                    ? placeholder.of(key.type(), own, below)
                    : any(value, key.type(), own, below);
        }
        try {
            return shape.construct(values);
        } catch (IllegalArgumentException e) {
            return wrong(section.origin(), type, bounds, path, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reports the unknown keys of {@code section}.
     *
     * @return the known keys that were probably meant
     */
    private Set<String> unknownKeys(Section section, List<String> known, String path) {
        Set<String> names = new HashSet<>(known);
        Set<String> meant = new HashSet<>();
        section.entries().forEach((key, entry) -> {
            if (names.contains(key)) return;
            if (!problems.isFull()) {
                String close = Suggestions.of(key, known);
                if (close != null) meant.add(close);
            }
            problems.add(entry.key(), join(path, key), () -> unknown(key, path, known));
        });
        return meant;
    }

    private Object list(Value value, Type type, Type element, @Nullable Bounds bounds, String path) {
        if (!(value instanceof Items items))
            return wrong(
                    value, type, bounds, path, "a list; write " + path + ": [] or one item a line, each after a dash");
        try {
            stated(bounds, path).checkSize(items.values().size());
        } catch (IllegalArgumentException e) {
            return wrong(value.origin(), type, bounds, path, String.valueOf(e.getMessage()));
        }
        List<Object> bound = new ArrayList<>();
        for (Value item : items.values()) bound.add(any(item, element, null, path + "[" + bound.size() + "]"));
        return List.copyOf(bound);
    }

    private Object map(Value value, Type type, Type element, @Nullable Bounds bounds, String path) {
        if (!(value instanceof Section section))
            return wrong(value, type, bounds, path, "a section of names and values");
        Map<String, Object> bound = new LinkedHashMap<>();
        section.entries().forEach((key, entry) -> bound.put(key, any(entry.value(), element, bounds, join(path, key))));
        return Collections.unmodifiableMap(bound);
    }

    private Object scalar(Value value, Class<?> type, @Nullable Bounds bounds, String path) {
        ScalarType target = ScalarType.of(type);
        if (!(value instanceof Scalar scalar))
            return wrong(value, type, bounds, path, target.wanted() + "; write " + target.example());
        boolean choice = type == boolean.class || type.isEnum();
        if (!choice) stated(bounds, path);
        try {
            Object parsed = target.parse(scalar, path);
            if (bounds != null && !choice) bounds.check(scalar, parsed);
            return parsed;
        } catch (IllegalArgumentException e) {
            boolean outside = e instanceof Units.TooLargeException || isNegative(scalar, target);
            IllegalArgumentException words = outside && bounds != null && !choice ? bounds.farOutside(scalar) : e;
            return wrong(value.origin(), type, bounds, path, String.valueOf(words.getMessage()));
        }
    }

    /** Whether it is a valid value of the type, apart from its sign. */
    private static boolean isNegative(Scalar scalar, ScalarType type) {
        String text = scalar.text().strip();
        if (!text.startsWith("-")) return false;
        try {
            Object unused = type.parse(new Scalar(text.substring(1), scalar.kind(), false, scalar.origin()), "");
            return true;
        } catch (IllegalArgumentException e) {
            return e instanceof Units.TooLargeException;
        }
    }

    private static Bounds stated(@Nullable Bounds bounds, String path) {
        if (bounds == null) throw new IllegalStateException(path + " has no @Range beside its @Setting");
        return bounds;
    }

    private Object wrong(Value value, Type type, @Nullable Bounds bounds, String path, String wanted) {
        return wrong(value.origin(), type, bounds, path, "got " + value.describe() + ", expected " + wanted);
    }

    private Object wrong(Origin at, Type type, @Nullable Bounds bounds, String path, String message) {
        problems.add(at, path, message);
        return placeholder.of(type, bounds, path);
    }

    private static String unknown(String key, String path, List<String> known) {
        String hint = Suggestions.hint(key, known);
        if (hint.isEmpty()) {
            List<String> homes = Keys.homes().getOrDefault(key, List.of());
            if (!homes.isEmpty()) {
                hint = "; did you mean "
                        + homes.stream().map(home -> join(home, key)).collect(Collectors.joining(" or ")) + "?";
            }
        }
        String label = path.isEmpty() ? "top-level keys: " : "keys here: ";
        return "unknown key" + hint + (hint.isEmpty() ? "; " : " ") + label + String.join(", ", known);
    }

    private static String example(Class<?> type) {
        return Keys.isSection(type) || type == List.class || type == Map.class
                ? "..."
                : ScalarType.of(type).example();
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
