package dev.kilonode.metrics;

/** The exported unit of a metric. */
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

    /** Histogram steps per exported unit, which is the resolution of small values. */
    double steps() {
        return steps;
    }

    /** The parts of an exported unit that values are rounded to, so that sums are exact. */
    double resolution() {
        return resolution;
    }

    /** The greatest possible value; 1 for a ratio. */
    double most() {
        return this == RATIO ? 1 : Double.POSITIVE_INFINITY;
    }

    /** The least relevant change of a value. */
    double floor() {
        return floor;
    }
}
