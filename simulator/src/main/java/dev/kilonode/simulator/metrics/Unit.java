package dev.kilonode.simulator.metrics;

/** What a metric's values are in, as exported. */
public enum Unit {
    MILLISECONDS("ms", 1_000, 1),
    COUNT("", 1, 1),
    RATIO("ratio", 10_000, 0.01),
    BYTES("B", 1, 1 << 20),
    BYTES_PER_SECOND("B/s", 1, 1_000),
    TIMES("x", 100, 0.1);

    private final String symbol;
    private final double steps;
    private final double floor;

    Unit(String symbol, double steps, double floor) {
        this.symbol = symbol;
        this.steps = steps;
        this.floor = floor;
    }

    public String symbol() {
        return symbol;
    }

    /** Histogram steps per exported unit: the resolution that small values are kept in. */
    double steps() {
        return steps;
    }

    /** A change of a value that is none. */
    double floor() {
        return floor;
    }
}
