package dev.kilonode.metrics;

/** What a metric's values are in, as exported. */
public enum Unit {
    MILLISECONDS("ms", 1_000, 1e6, 1),
    COUNT("", 1, 1, 1),
    RATIO("ratio", 10_000, 1e9, 0.01),
    BYTES("B", 1, 1, 1 << 20),
    BYTES_PER_SECOND("B/s", 1, 1, 1_000),
    TIMES("x", 100, 1e6, 0.1);

    private final String symbol;
    private final double steps;
    private final double resolution;
    private final double floor;

    Unit(String symbol, double steps, double resolution, double floor) {
        this.symbol = symbol;
        this.steps = steps;
        this.resolution = resolution;
        this.floor = floor;
    }

    public String symbol() {
        return symbol;
    }

    /** Histogram steps per exported unit: the resolution that small values are kept in. */
    double steps() {
        return steps;
    }

    /** Parts of an exported unit that single values are whole numbers of, so that sums of them are exact. */
    double resolution() {
        return resolution;
    }

    /** A value of it is never more: of a share, all. */
    double most() {
        return this == RATIO ? 1 : Double.POSITIVE_INFINITY;
    }

    /** A change of a value that is none. */
    double floor() {
        return floor;
    }
}
