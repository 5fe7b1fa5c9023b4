package dev.kilonode.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Count, sum, minimum and maximum of values; exact, whereas a histogram rounds. Values are whole numbers of their unit's {@link
 * Unit#resolution}. The sum is exact up to 2^53 of them; a greater sum is rounded and does not overflow.
 */
final class SummaryStatistics {

    private long count;
    private double sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    /** Adds {@code times} equal values. */
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

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(sum);
        out.writeLong(min);
        out.writeLong(max);
    }

    static SummaryStatistics read(DataInput in) throws IOException {
        SummaryStatistics values = new SummaryStatistics();
        values.count = in.readLong();
        values.sum = in.readDouble();
        values.min = in.readLong();
        values.max = in.readLong();
        return values;
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

    /** The minimum in the exported unit. Requires at least one value. */
    double min(Unit unit) {
        return min / unit.resolution();
    }

    /** The mean in the exported unit. Requires at least one value. */
    double mean(Unit unit) {
        return Math.min(Math.max(sum / count / unit.resolution(), min(unit)), max(unit));
    }

    /** The maximum in the exported unit. Requires at least one value. */
    double max(Unit unit) {
        return max / unit.resolution();
    }
}
