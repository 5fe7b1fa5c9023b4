package dev.kilonode.node.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The least and the greatest value of a setting, written as in a scenario file: {@code 1ms} and {@code 1d}. Of text it is the number of
 * characters, of a list the number of items; of a {@link DurationRange} or a map it holds for each value. What is between them is safe
 * to count with: times in nanoseconds fit a long, counts an array.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    String min();

    String max();
}
