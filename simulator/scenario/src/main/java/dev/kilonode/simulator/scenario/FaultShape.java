package dev.kilonode.simulator.scenario;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a scenario file writes a fault: the keys of the parts of all kinds in one section, of which each kind uses those of its own parts.
 * Nothing here names a kind or a key, but for {@code kind} itself.
 */
final class FaultShape {

    /** {@code kind} stands after the name. */
    private static final int KIND = 1;

    private static final List<RecordComponent> COMPONENTS = collect();
    private static final List<String> NAMES = COMPONENTS.stream().map(Keys::of).toList();

    private FaultShape() {}

    /** The keys of all kinds, in the order of a file. */
    static List<RecordComponent> components() {
        return COMPONENTS;
    }

    /** The keys that a fault of {@code kind} uses. */
    static Set<String> keysOf(Fault.Kind kind) {
        Set<String> keys = new LinkedHashSet<>(Keys.of(Fault.Choice.class));
        parts(kind).forEach(part -> keys.addAll(Keys.of(part)));
        return keys;
    }

    /**
     * The fault of its kind.
     *
     * @param values of all {@link #components}
     * @throws IllegalArgumentException when a record refuses its values
     */
    static Object construct(Object[] values) {
        Fault.Kind kind = (Fault.Kind) values[KIND];
        Object[] parts = parts(kind).map(part -> part(part, values)).toArray();
        return RecordShape.constructorOf(kind.type()).apply(parts);
    }

    private static Object part(Class<?> part, Object[] values) {
        Object[] own =
                Keys.of(part).stream().map(key -> values[NAMES.indexOf(key)]).toArray();
        return RecordShape.constructorOf(part).apply(own);
    }

    private static Stream<Class<?>> parts(Fault.Kind kind) {
        return Stream.of(kind.type().getRecordComponents()).map(RecordComponent::getType);
    }

    private static List<RecordComponent> collect() {
        Set<Class<?>> parts = new LinkedHashSet<>();
        for (Fault.Kind kind : Fault.Kind.values()) parts(kind).forEach(parts::add);
        List<RecordComponent> all = new ArrayList<>();
        for (Class<?> part : parts) all.addAll(List.of(part.getRecordComponents()));
        all.addAll(KIND, List.of(Fault.Choice.class.getRecordComponents()));
        return List.copyOf(all);
    }
}
