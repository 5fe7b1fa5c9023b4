package dev.kilonode.simulator.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values to records, strictly: every key known, every value of its type and unit. Collects problems instead of stopping. */
final class Binder {
    private final Problems problems;

    Binder(Problems problems) {
        this.problems = problems;
    }

    /** The record, or null when a problem was found. */
    <T extends Record> @Nullable T bind(Section section, Class<T> type) {
        return type.cast(record(section, type, ""));
    }

    private @Nullable Object any(Value value, Type type, String path) {
        if (type instanceof ParameterizedType parameterized) {
            Type element = parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1];
            return parameterized.getRawType() == List.class ? list(value, element, path) : map(value, element, path);
        }
        Class<?> target = (Class<?>) type;
        if (!Keys.isSection(target)) return scalar(value, target, path);
        if (value instanceof Section section) return record(section, target, path);
        return wrong(value, path, "a section with the keys " + String.join(", ", Keys.of(target)));
    }

    private @Nullable Object record(Section section, Class<?> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = Keys.of(type);
        section.entries().forEach((key, entry) -> {
            if (!known.contains(key)) problems.add(entry.key(), join(path, key), unknown(key, path, known));
        });
        Object[] arguments = new Object[components.length];
        boolean complete = true;
        for (int i = 0; i < components.length; i++) {
            String key = known.get(i);
            Value value = section.get(key);
            if (value == null) {
                problems.add(
                        section.origin(),
                        path,
                        "got no " + key + ", expected one; write " + key + ": " + example(components[i]));
            } else {
                arguments[i] = any(value, components[i].getGenericType(), join(path, key));
            }
            complete &= arguments[i] != null;
        }
        return complete ? construct(type, components, arguments, section, path) : null;
    }

    private @Nullable Object construct(
            Class<?> type, RecordComponent[] components, Object[] arguments, Section section, String path) {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            problems.add(
                    section.origin(),
                    path,
                    e.getCause() == null
                            ? e.toString()
                            : String.valueOf(e.getCause().getMessage()));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a public record", e);
        }
    }

    private @Nullable Object list(Value value, Type element, String path) {
        if (!(value instanceof Items items))
            return wrong(value, path, "a list; write " + path + ": [] or one item a line, each after a dash");
        List<@Nullable Object> bound = new ArrayList<>();
        for (Value item : items.values()) bound.add(any(item, element, path + "[" + bound.size() + "]"));
        return bound.stream().anyMatch(Objects::isNull) ? null : List.copyOf(bound);
    }

    private @Nullable Object map(Value value, Type element, String path) {
        if (!(value instanceof Section section)) return wrong(value, path, "a section of names and values");
        Map<String, @Nullable Object> bound = new LinkedHashMap<>();
        section.entries().forEach((key, entry) -> bound.put(key, any(entry.value(), element, join(path, key))));
        return bound.containsValue(null) ? null : java.util.Collections.unmodifiableMap(bound);
    }

    private @Nullable Object scalar(Value value, Class<?> type, String path) {
        ScalarType target = ScalarType.of(type);
        if (!(value instanceof Scalar scalar))
            return wrong(value, path, target.wanted() + "; write " + target.example());
        try {
            return target.parse(scalar, path);
        } catch (IllegalArgumentException e) {
            problems.add(value.origin(), path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Object wrong(Value value, String path, String wanted) {
        problems.add(value.origin(), path, "got " + value.describe() + ", expected " + wanted);
        return null;
    }

    private static String unknown(String key, String path, List<String> known) {
        String hint = NearMiss.hint(key, known);
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

    private static String example(RecordComponent component) {
        Class<?> type = component.getType();
        return Keys.isSection(type) || type == List.class || type == Map.class
                ? "..."
                : ScalarType.of(type).example();
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
