package dev.kilonode.simulator.wall;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads that sign and verify, with a bounded queue. If the queue is full, the caller computes itself, which slows down its requests.
 * Invariant: offered == computed + inline + waiting.
 */
final class WorkerPool {

    private static final int CAPACITY = 4_096;

    private final ThreadPoolExecutor pool;
    private final LongAdder offered = new LongAdder();
    private final LongAdder inline = new LongAdder();

    WorkerPool(int threads) {
        int[] made = new int[1];
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                runnable -> {
                    Thread thread = new Thread(runnable, "kilonode-worker-" + made[0]++);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // for jobs offered after the shutdown
        pool.prestartAllCoreThreads();
    }

    /** Runs {@code job}, which must not throw. Any thread. */
    void compute(Runnable job) {
        offered.increment();
        if (pool.getQueue().size() < CAPACITY) {
            pool.execute(job);
            return;
        }
        inline.increment();
        job.run();
    }

    /**
     * As {@link #compute}, but never on the calling thread, because {@code job} waits for a loop. The queue limit does not apply: there is
     * one such job for each life of a node.
     */
    void open(Runnable job) {
        offered.increment();
        pool.execute(job);
    }

    /** Jobs offered so far. */
    long offered() {
        return offered.sum();
    }

    /** Jobs that ran on the calling thread. */
    long inline() {
        return inline.sum();
    }

    /** Jobs in the queue. */
    int waiting() {
        return pool.getQueue().size();
    }

    /** Ends the threads and drops queued and later jobs. Returns once the threads have ended, or after some seconds. */
    void close() {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a signature takes longer than a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
