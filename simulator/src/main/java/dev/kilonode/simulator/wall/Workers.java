package dev.kilonode.simulator.wall;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that sign and verify, behind a bounded queue. What the queue has no room for, the node thread computes itself: it
 * then asks for less. Holds: offered == computed + inline + waiting.
 */
final class Workers {

    private static final int CAPACITY = 4_096;

    private final ThreadPoolExecutor pool;
    private long offered;
    private long inline;

    Workers(int threads) {
        int[] made = new int[1];
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                runnable -> {
                    Thread thread = new Thread(runnable, "kilonode-worker-" + made[0]++);
                    thread.setDaemon(true);
                    return thread;
                },
                (job, full) -> {
                    inline++;
                    job.run();
                });
        pool.prestartAllCoreThreads();
    }

    /** On the node thread; {@code job} lets nothing out. */
    void compute(Runnable job) {
        offered++;
        pool.execute(job);
    }

    /** Jobs offered so far. */
    long offered() {
        return offered;
    }

    /** Jobs the node thread had to compute itself. */
    long inline() {
        return inline;
    }

    /** Jobs that wait for a thread. */
    int waiting() {
        return pool.getQueue().size();
    }

    /** Ends the threads; jobs that wait are forgotten. Returns once they have ended, or after some seconds. */
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
