package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record as a section of a scenario file: its keys in their order, and its constructor. Computed once per class. */
record RecordShape(List<Key> keys, List<String> names, Constructor<?> constructor) {
    private static final Map<Class<?>, RecordShape> KNOWN = new ConcurrentHashMap<>();

    /** One key. @param bounds null if the type has none, and if those of the section's own key apply */
    record Key(
            String name, Class<?> raw, Type type, @Nullable Bounds bounds) {}

    static RecordShape of(Class<?> section) {
        return KNOWN.computeIfAbsent(section, RecordShape::look);
    }

    private static RecordShape look(Class<?> section) {
        List<Key> keys = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            Range range = component.getAnnotation(Range.class);
            Bounds bounds = range == null ? null : Bounds.of(range, component.getGenericType());
            keys.add(new Key(Keys.of(component), component.getType(), component.getGenericType(), bounds));
        }
        Class<?>[] types = Stream.of(section.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return new RecordShape(
                    List.copyOf(keys), keys.stream().map(Key::name).toList(), section.getConstructor(types));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(section + " is not a public record", e);
        }
    }

    /** @throws IllegalArgumentException if the record refuses the values */
    Object construct(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " is not public", e);
        }
    }
}
