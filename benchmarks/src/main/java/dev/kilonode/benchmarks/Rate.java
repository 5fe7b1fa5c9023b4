package dev.kilonode.benchmarks;

import java.util.function.LongSupplier;

/** What was carried over a span: requests a second, and microseconds of processor time for each request. */
record Rate(double perSecond, double cpuMicros) {

    static final Rate NONE = new Rate(0, 0);

    interface Span {
        void pass() throws InterruptedException;
    }

    /** Lets {@code span} pass twice, the first time as a warm-up, and measures the second time by a counter of requests. */
    static Rate measure(LongSupplier requests, Span span) throws InterruptedException {
        span.pass();
        long before = requests.getAsLong();
        long cpuNanos = ProcessCpu.nanos();
        long startNanos = System.nanoTime();
        span.pass();
        long done = requests.getAsLong() - before;
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return new Rate(done / seconds, (ProcessCpu.nanos() - cpuNanos) / 1e3 / Math.max(1, done));
    }
}
