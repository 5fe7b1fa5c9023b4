package dev.kilonode.simulator.scenario;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Maps names of records and their components to keys of a scenario file: {@code peerReadsPerMessage} is {@code peer-reads-per-message},
 * and {@code for_} is {@code for}, which is a reserved word in Java.
 */
final class Keys {
    private static final Map<String, List<String>> HOMES = allHomes();

    private Keys() {}

    static String of(RecordComponent component) {
        String name = component.getName();
        return kebab(name.endsWith("_") ? name.substring(0, name.length() - 1) : name);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kebab(String camel) {
        StringBuilder out = new StringBuilder();
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c)) out.append('-');
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }

    /** The keys of a section, in the order of its record. */
    static List<String> of(Class<?> section) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : components(section)) keys.add(of(component));
        return keys;
    }

    /** The components that hold the keys of a section: those of its record, or of a fault the components of all its parts. */
    static List<RecordComponent> components(Class<?> section) {
        return section == Fault.class ? FaultShape.components() : List.of(section.getRecordComponents());
    }

    static boolean isSection(Class<?> type) {
        // a unit is a record too, but is written as one value
        return type == Fault.class || type.isRecord() && !Units.isUnit(type);
    }

    /** Every key of a scenario with the sections that have it, such as {@code shards -> [transport]}; "" is the top level. */
    static Map<String, List<String>> homes() {
        return HOMES;
    }

    private static Map<String, List<String>> allHomes() {
        Map<String, List<String>> homes = new LinkedHashMap<>();
        collect(Scenario.class, "", homes);
        return homes;
    }

    private static void collect(Class<?> section, String path, Map<String, List<String>> homes) {
        for (RecordComponent component : components(section)) {
            String key = of(component);
            homes.computeIfAbsent(key, k -> new ArrayList<>()).add(path);
            Class<?> below = elementOf(component.getGenericType());
            if (isSection(below)) collect(below, path.isEmpty() ? key : path + "." + key, homes);
        }
    }

    /** The class itself, or the last type argument of a list or map. */
    static Class<?> elementOf(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            return elementOf(arguments[arguments.length - 1]);
        }
        return (Class<?>) type;
    }
}
