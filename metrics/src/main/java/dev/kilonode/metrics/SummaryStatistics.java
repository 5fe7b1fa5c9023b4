package dev.kilonode.metrics;

/**
 * Number, sum, least and greatest of values, exact where a histogram rounds. Values are whole numbers of their unit's
 * {@link Unit#resolution}; the sum is exact up to 2^53 of them, and beyond that rounded rather than overflown.
 */
final class SummaryStatistics {

    private long count;
    private double sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    /** As many equal values. */
    void add(long value, long times) {
        if (times <= 0) return;
        count += times;
        sum += (double) value * times;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void add(SummaryStatistics other) {
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    void reset() {
        count = 0;
        sum = 0;
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
    }

    long count() {
        return count;
    }

    /** In the exported unit; only where there is a value. */
    double min(Unit unit) {
        return min / unit.resolution();
    }

    /** In the exported unit; only where there is a value. */
    double mean(Unit unit) {
        return Math.min(Math.max(sum / count / unit.resolution(), min(unit)), max(unit));
    }

    /** In the exported unit; only where there is a value. */
    double max(Unit unit) {
        return max / unit.resolution();
    }
}
