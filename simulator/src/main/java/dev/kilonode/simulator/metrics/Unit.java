package dev.kilonode.simulator.metrics;

/** What a metric's values are in, as exported. */
public enum Unit {
    MILLISECONDS("ms", 1_000),
    COUNT("", 1),
    RATIO("ratio", 10_000),
    BYTES_PER_SECOND("B/s", 1),
    TIMES("x", 100);

    private final String symbol;
    private final double steps;

    Unit(String symbol, double steps) {
        this.symbol = symbol;
        this.steps = steps;
    }

    public String symbol() {
        return symbol;
    }

    /** Histogram steps per exported unit: the resolution that small values are kept in. */
    double steps() {
        return steps;
    }
}
