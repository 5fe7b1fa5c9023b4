package dev.kilonode.simulator.experiments.costs;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Measures the time of an operation by repeating it: first to warm up the JVM, then for the record. One thread. */
public final class Stopwatch {

    private static final int LEAST_SAMPLES = 30;
    private static final int MOST_SAMPLES = 100_000;

    private final LongSupplier nanos;
    private final long budgetNanos;
    private long sink;

    /**
     * @param nanos a clock, such as {@link System#nanoTime}
     * @param budgetNanos duration of the warm-up, and of the measurement, of one operation
     */
    public Stopwatch(LongSupplier nanos, long budgetNanos) {
        this.nanos = nanos;
        this.budgetNanos = budgetNanos;
    }

    /** An operation whose result is used, so that the compiler does not remove it. */
    public interface Operation {
        long run();
    }

    Timing time(Operation operation) {
        long begun = nanos.getAsLong();
        for (int i = 0; i < LEAST_SAMPLES || nanos.getAsLong() - begun < budgetNanos; i++) sink += operation.run();
        long[] samples = new long[LEAST_SAMPLES];
        int count = 0;
        begun = nanos.getAsLong();
        while (count < LEAST_SAMPLES || (count < MOST_SAMPLES && nanos.getAsLong() - begun < budgetNanos)) {
            if (count == samples.length) samples = Arrays.copyOf(samples, 2 * count);
            long start = nanos.getAsLong();
            sink += operation.run();
            samples[count++] = nanos.getAsLong() - start;
        }
        return Timing.of(Arrays.copyOf(samples, count));
    }

    /** Combined results of all operations. */
    long sink() {
        return sink;
    }

    /** The budget in words, for a source. */
    String words() {
        return TimeUnit.NANOSECONDS.toMillis(budgetNanos) + " ms after as long a warm-up";
    }
}
