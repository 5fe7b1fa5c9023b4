package dev.kilonode.simulator.run.checks;

/** Keeps the window with the worst value of a statistic. */
final class WorstWindow {

    private final ComparisonOperator comparison;
    private double value = Double.NaN;
    private long atMs;

    WorstWindow(ComparisonOperator comparison) {
        this.comparison = comparison;
    }

    void look(double found, long startMs) {
        if (Double.isNaN(found) || !(Double.isNaN(value) || comparison.worse(found, value))) return;
        value = found;
        atMs = startMs;
    }

    /** NaN if no window had data. */
    double value() {
        return value;
    }

    long atMs() {
        return atMs;
    }
}
