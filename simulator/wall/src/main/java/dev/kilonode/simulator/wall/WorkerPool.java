package dev.kilonode.simulator.wall;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads that sign and verify, behind a bounded queue. What the queue has no room for, who asks computes itself: it
 * then asks for less. Holds: offered == computed + inline + waiting.
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
                new ThreadPoolExecutor.DiscardPolicy()); // of what is asked after the end
        pool.prestartAllCoreThreads();
    }

    /** {@code job} lets nothing out. Any thread. */
    void compute(Runnable job) {
        offered.increment();
        if (pool.getQueue().size() < CAPACITY) {
            pool.execute(job);
            return;
        }
        inline.increment();
        job.run();
    }

    /** As {@link #compute}, for what must not run here because it waits for a loop: one for each life of a node, however many wait. */
    void open(Runnable job) {
        offered.increment();
        pool.execute(job);
    }

    /** Jobs offered so far. */
    long offered() {
        return offered.sum();
    }

    /** Jobs that those who asked had to compute themselves. */
    long inline() {
        return inline.sum();
    }

    /** Jobs that wait for a thread. */
    int waiting() {
        return pool.getQueue().size();
    }

    /** Ends the threads; jobs that wait or come later are forgotten. Returns once they have ended, or after some seconds. */
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
