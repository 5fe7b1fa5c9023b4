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
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A section of a scenario file: its keys in their order, and what makes a record of their values. Looked up once for each class. */
record RecordShape(List<Key> keys, List<String> names, Function<Object[], Object> constructor) {
    private static final Map<Class<?>, RecordShape> KNOWN = new ConcurrentHashMap<>();

    /** One key. @param bounds null if the type has none, and if those of the section's own key apply */
    record Key(
            String name, Class<?> raw, Type type, @Nullable Bounds bounds) {}

    static RecordShape of(Class<?> section) {
        return KNOWN.computeIfAbsent(section, RecordShape::look);
    }

    private static RecordShape look(Class<?> section) {
        List<Key> keys = new ArrayList<>();
        for (RecordComponent component : Keys.components(section)) {
            Range range = component.getAnnotation(Range.class);
            Bounds bounds = range == null ? null : Bounds.of(range, component.getGenericType());
            keys.add(new Key(Keys.of(component), component.getType(), component.getGenericType(), bounds));
        }
        return new RecordShape(
                List.copyOf(keys),
                keys.stream().map(Key::name).toList(),
                section == Fault.class ? FaultShape::construct : constructorOf(section));
    }

    /** @throws IllegalArgumentException if the record refuses the values */
    Object construct(Object[] values) {
        return constructor.apply(values);
    }

    /** Makes a record of the values of its components. Throws {@link IllegalArgumentException} when the record refuses them. */
    static Function<Object[], Object> constructorOf(Class<?> type) {
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getConstructor(types);
            return values -> construct(constructor, values);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is not a public record", e);
        }
    }

    private static Object construct(Constructor<?> constructor, Object[] values) {
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
