package dev.kilonode.node.bench;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A few threads that many nodes share, each node always on the same one. */
final class NodeThreads implements AutoCloseable {

    private final ExecutorService[] threads;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    NodeThreads(int count) {
        threads = new ExecutorService[count];
        for (int i = 0; i < count; i++) threads[i] = Executors.newSingleThreadExecutor();
    }

    One of(int node) {
        return new One(threads[node % threads.length]);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        for (ExecutorService thread : threads) thread.shutdownNow();
    }

    /** One node's share. */
    final class One implements Executor, NodeRuntime {

        private final Executor thread;

        One(Executor thread) {
            this.thread = thread;
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long unixSeconds() {
            return System.currentTimeMillis() / 1000;
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            Future<?> scheduled = clock.schedule(() -> thread.execute(task), delayNanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }

        @Override
        public void wakeUp(Runnable task) {
            execute(task);
        }

        @Override
        public void run(Work work, Runnable then) {
            work.compute();
            execute(then);
        }

        @Override
        public void run(WorkKind kind, long bytes, Runnable then) {
            execute(then);
        }

        @Override
        public RandomGenerator random() {
            return new Random(1);
        }
    }
}
