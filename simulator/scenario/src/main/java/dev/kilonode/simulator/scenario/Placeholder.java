package dev.kilonode.simulator.scenario;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Substitutes for a value that could not be read, so that the rules can check all other values. A problem counts only if a rule reports
 * it with the least, the usual and the greatest value alike; otherwise it may result from the broken value.
 */
enum Placeholder {
    LEAST,
    USUAL,
    GREATEST;

    private static final Section BUILT_IN = ScenarioLoader.builtIn();

    /** A value of {@code type} for the key at {@code path}. */
    Object of(Type type, @Nullable Bounds bounds, String path) {
        Value usual = usual(path);
        if (type instanceof ParameterizedType parameterized) {
            if (usual != null) return new Binder(new Problems(), this).any(usual, type, bounds, path);
            return parameterized.getRawType() == List.class ? List.of() : Map.of();
        }
        Class<?> target = (Class<?>) type;
        if (Keys.isSection(target)) return section(target, bounds, path);
        if (target == String.class) return usual instanceof Scalar text ? text.text() : path;
        if (this == USUAL && usual instanceof Scalar scalar)
            return ScalarType.of(target).parse(scalar, path);
        if (target == boolean.class) return this == GREATEST;
        if (target.isEnum()) {
            Object[] all = target.getEnumConstants();
            return all[this == GREATEST ? all.length - 1 : 0];
        }
        Bounds known = java.util.Objects.requireNonNull(bounds, path);
        return Bounds.value(this == GREATEST ? known.max() : known.min(), target);
    }

    private Object section(Class<?> type, @Nullable Bounds bounds, String path) {
        RecordShape shape = RecordShape.of(type);
        Object[] values = new Object[shape.keys().size()];
        for (int i = 0; i < values.length; i++) {
            RecordShape.Key key = shape.keys().get(i);
            Bounds own = key.bounds() == null ? bounds : key.bounds();
            values[i] = of(key.type(), own, Binder.join(path, key.name()));
        }
        return shape.construct(values);
    }

    /** The built-in value at {@code path}; null if there is none. */
    static @Nullable Value usual(String path) {
        int item = path.indexOf('[');
        if (item < 0) return at(BUILT_IN, path);
        int rest = path.indexOf("].", item);
        Value items = rest < 0 ? null : BUILT_IN.get("x-items");
        Value list = items instanceof Section section ? section.get(path.substring(0, item)) : null;
        return list instanceof Section section ? at(section, path.substring(rest + 2)) : null;
    }

    private static @Nullable Value at(Section section, String path) {
        Value value = section;
        for (String key : path.split("\\.")) {
            value = value instanceof Section deeper ? deeper.get(key) : null;
        }
        return value;
    }
}
