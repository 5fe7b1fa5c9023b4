package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;

/** The bounds of a setting, from the annotation in its record, in comparable form. */
final class Bounds {
    private final Range range;
    private final BigDecimal least;
    private final BigDecimal greatest;

    /** What is counted for a value that is not a number: characters or items; empty for numbers. */
    private final String counted;

    private Bounds(Range range, BigDecimal least, BigDecimal greatest, String counted) {
        this.range = range;
        this.least = least;
        this.greatest = greatest;
        this.counted = counted;
    }

    /** Bounds of values of {@code type}: for a list the number of its items, for a map each of its values. */
    static Bounds of(Range range, Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class)
            return new Bounds(range, new BigDecimal(range.min()), new BigDecimal(range.max()), " items");
        Class<?> each = Keys.elementOf(type);
        if (Keys.isSection(each)) return of(range, each.getRecordComponents()[0].getGenericType());
        if (each == String.class)
            return new Bounds(range, new BigDecimal(range.min()), new BigDecimal(range.max()), " characters");
        return new Bounds(range, Units.amount(value(range.min(), each)), Units.amount(value(range.max(), each)), "");
    }

    String min() {
        return range.min();
    }

    String max() {
        return range.max();
    }

    /** Parses a value of {@code type} from text that is known to be valid. */
    static Object value(String text, Class<?> type) {
        return ScalarType.of(type).parse(new Scalar(text, Scalar.Kind.NUMBER, false, Origin.NOWHERE), "");
    }

    /** @throws IllegalArgumentException if {@code value} is out of bounds; says what was found, what is allowed, and what to write */
    void check(Scalar written, Object value) {
        BigDecimal amount = value instanceof String text ? BigDecimal.valueOf(text.length()) : Units.amount(value);
        if (!holds(amount)) throw refusal(counted.isEmpty() ? written.describe() : amount + counted, below(amount));
    }

    /** As {@link #check}, for the number of items of a list. */
    void checkSize(int items) {
        BigDecimal amount = BigDecimal.valueOf(items);
        if (!holds(amount)) throw refusal(amount + counted, below(amount));
    }

    /** The error for a number that its type cannot represent. */
    IllegalArgumentException farOutside(Scalar written) {
        return refusal(written.describe(), written.text().strip().startsWith("-"));
    }

    /** Describes the bounds: {@code 1ms to 1d}, or {@code 1 to 100 characters}. */
    String words() {
        return range.min() + " to " + range.max() + counted;
    }

    private boolean holds(BigDecimal amount) {
        return amount.compareTo(least) >= 0 && amount.compareTo(greatest) <= 0;
    }

    private boolean below(BigDecimal amount) {
        return amount.compareTo(least) < 0;
    }

    private IllegalArgumentException refusal(String got, boolean tooLittle) {
        String write = counted.isEmpty() ? tooLittle ? range.min() : range.max() : tooLittle ? "more" : "fewer";
        return new IllegalArgumentException("got " + got + ", expected " + words() + "; write " + write);
    }
}
