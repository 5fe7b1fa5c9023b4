package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import java.math.BigDecimal;

/** The least and the greatest value of a setting, which its record states beside it, to be compared with. */
final class Bounds {
    private final Range range;
    private final BigDecimal least;
    private final BigDecimal greatest;

    /** What is counted of a value that is no number: its characters or its items; empty for numbers. */
    private final String counted;

    private Bounds(Range range, BigDecimal least, BigDecimal greatest, String counted) {
        this.range = range;
        this.least = least;
        this.greatest = greatest;
        this.counted = counted;
    }

    /** Of a text. */
    static Bounds ofText(Range range) {
        return new Bounds(range, new BigDecimal(range.min()), new BigDecimal(range.max()), " characters");
    }

    /** Of a list. */
    static Bounds ofList(Range range) {
        return new Bounds(range, new BigDecimal(range.min()), new BigDecimal(range.max()), " items");
    }

    /** Of one value of {@code type}. */
    static Bounds of(Range range, Class<?> type) {
        if (type == String.class) return ofText(range);
        return new Bounds(range, Units.amount(value(range.min(), type)), Units.amount(value(range.max(), type)), "");
    }

    /** A value of {@code type}, from text that is known to be one. */
    static Object value(String text, Class<?> type) {
        return ScalarType.of(type).parse(new Scalar(text, Scalar.Kind.NUMBER, false, Origin.NOWHERE), "");
    }

    /** @throws IllegalArgumentException when {@code value} is not within; says what was found, what is allowed, and what to write */
    void check(Scalar written, Object value) {
        BigDecimal amount = value instanceof String text ? BigDecimal.valueOf(text.length()) : Units.amount(value);
        if (!holds(amount)) throw refusal(counted.isEmpty() ? written.describe() : amount + counted, below(amount));
    }

    /** As {@link #check}, for the items of a list. */
    void checkSize(int items) {
        BigDecimal amount = BigDecimal.valueOf(items);
        if (!holds(amount)) throw refusal(amount + counted, below(amount));
    }

    /** What to say of a number that its type cannot hold. */
    IllegalArgumentException farOutside(Scalar written) {
        return refusal(written.describe(), written.text().strip().startsWith("-"));
    }

    /** {@code 1ms to 1d}, or {@code 1 to 100 characters}. */
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
