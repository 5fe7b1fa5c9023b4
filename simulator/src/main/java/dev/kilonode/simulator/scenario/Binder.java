package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values to records, strictly: every key known, every value of its type and unit and within its bounds. Collects problems instead of
 * stopping, and puts another value in the place of each that is wrong.
 */
final class Binder {
    private final Problems problems;
    private final StandIn standIn;

    Binder(Problems problems, StandIn standIn) {
        this.problems = problems;
        this.standIn = standIn;
    }

    /** The record; not what was written where a problem was found. */
    <T extends Record> T bind(Section section, Class<T> type) {
        return type.cast(record(section, type, null, ""));
    }

    /** @param range of the component that has the value; null where its type has none */
    Object any(Value value, Type type, @Nullable Range range, String path) {
        if (type instanceof ParameterizedType parameterized) {
            Type element = parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1];
            return parameterized.getRawType() == List.class
                    ? list(value, parameterized, element, range, path)
                    : map(value, parameterized, element, range, path);
        }
        Class<?> target = (Class<?>) type;
        if (!Keys.isSection(target)) return scalar(value, target, range, path);
        if (value instanceof Section section) return record(section, target, range, path);
        return wrong(value, type, range, path, "a section with the keys " + String.join(", ", Keys.of(target)));
    }

    private Object record(Section section, Class<?> type, @Nullable Range range, String path) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = Keys.of(type);
        Set<String> meant = unknownKeys(section, known, path);
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = known.get(i);
            Type target = components[i].getGenericType();
            Range bounds = rangeOf(components[i], range);
            Value value = section.get(key);
            if (value == null) {
                problems.add(
                        section.origin(),
                        path,
                        "got no " + key + ", expected one; write " + key + ": " + example(components[i]));
            }
            boolean unsaid =
                    value == null || meant.contains(key) && value.origin().isBuiltIn();
            arguments[i] = value == null || unsaid
                    ? standIn.of(target, bounds, join(path, key))
                    : any(value, target, bounds, join(path, key));
        }
        try {
            return construct(type, arguments);
        } catch (IllegalArgumentException e) {
            return wrong(section.origin(), type, range, path, String.valueOf(e.getMessage()));
        }
    }

    /** Tells of the keys of {@code section} that are not known. @return those that were probably meant */
    private Set<String> unknownKeys(Section section, List<String> known, String path) {
        Set<String> names = new HashSet<>(known);
        Set<String> meant = new HashSet<>();
        section.entries().forEach((key, entry) -> {
            if (names.contains(key)) return;
            if (!problems.isFull()) {
                String close = NearMiss.of(key, known);
                if (close != null) meant.add(close);
            }
            problems.add(entry.key(), join(path, key), () -> unknown(key, path, known));
        });
        return meant;
    }

    /** The bounds beside a component, or those that hold for every value of the section it belongs to. */
    static @Nullable Range rangeOf(RecordComponent component, @Nullable Range ofSection) {
        Range own = component.getAnnotation(Range.class);
        return own == null ? ofSection : own;
    }

    /** @throws IllegalArgumentException when the record refuses them */
    static Object construct(Class<?> type, Object[] arguments) {
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a public record", e);
        }
    }

    private Object list(Value value, Type type, Type element, @Nullable Range range, String path) {
        if (!(value instanceof Items items))
            return wrong(
                    value, type, range, path, "a list; write " + path + ": [] or one item a line, each after a dash");
        try {
            Bounds.ofList(stated(range, path)).checkSize(items.values().size());
        } catch (IllegalArgumentException e) {
            return wrong(value.origin(), type, range, path, String.valueOf(e.getMessage()));
        }
        List<Object> bound = new ArrayList<>();
        for (Value item : items.values()) bound.add(any(item, element, null, path + "[" + bound.size() + "]"));
        return List.copyOf(bound);
    }

    private Object map(Value value, Type type, Type element, @Nullable Range range, String path) {
        if (!(value instanceof Section section))
            return wrong(value, type, range, path, "a section of names and values");
        Map<String, Object> bound = new LinkedHashMap<>();
        section.entries().forEach((key, entry) -> bound.put(key, any(entry.value(), element, range, join(path, key))));
        return Collections.unmodifiableMap(bound);
    }

    private Object scalar(Value value, Class<?> type, @Nullable Range range, String path) {
        ScalarType target = ScalarType.of(type);
        if (!(value instanceof Scalar scalar))
            return wrong(value, type, range, path, target.wanted() + "; write " + target.example());
        boolean choice = type == boolean.class || type.isEnum();
        Bounds bounds = choice ? null : Bounds.of(stated(range, path), type);
        try {
            Object parsed = target.parse(scalar, path);
            if (bounds != null) bounds.check(scalar, parsed);
            return parsed;
        } catch (IllegalArgumentException e) {
            boolean outside = e instanceof Units.TooLargeException || isNegative(scalar, target);
            IllegalArgumentException words = outside && bounds != null ? bounds.farOutside(scalar) : e;
            return wrong(value.origin(), type, range, path, String.valueOf(words.getMessage()));
        }
    }

    /** Whether it is a value of the type but for its sign. */
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

    private static Range stated(@Nullable Range range, String path) {
        if (range == null) throw new IllegalStateException(path + " has no @Range beside its @Setting");
        return range;
    }

    private Object wrong(Value value, Type type, @Nullable Range range, String path, String wanted) {
        return wrong(value.origin(), type, range, path, "got " + value.describe() + ", expected " + wanted);
    }

    private Object wrong(Origin at, Type type, @Nullable Range range, String path, String message) {
        problems.add(at, path, message);
        return standIn.of(type, range, path);
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
