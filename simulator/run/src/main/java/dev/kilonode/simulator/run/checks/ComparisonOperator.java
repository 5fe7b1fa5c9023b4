package dev.kilonode.simulator.run.checks;

import java.util.Arrays;
import java.util.Optional;

/** Comparison of a value with a limit. */
public enum ComparisonOperator {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    EQUAL("=="),
    NOT_EQUAL("!=");

    private final String symbol;

    ComparisonOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    public static Optional<ComparisonOperator> of(String symbol) {
        return Arrays.stream(values()).filter(one -> one.symbol.equals(symbol)).findFirst();
    }

    /** Whether {@code value} compares so with {@code limit}; false for NaN. */
    public boolean holds(double value, double limit) {
        return switch (this) {
            case LESS -> value < limit;
            case AT_MOST -> value <= limit;
            case GREATER -> value > limit;
            case AT_LEAST -> value >= limit;
            case EQUAL -> value == limit;
            case NOT_EQUAL -> value < limit || value > limit;
        };
    }

    /** Whether {@code a} is worse than {@code b}; determines the worst window. */
    boolean worse(double a, double b) {
        return switch (this) {
            case LESS, AT_MOST, EQUAL, NOT_EQUAL -> a > b;
            case GREATER, AT_LEAST -> a < b;
        };
    }
}
