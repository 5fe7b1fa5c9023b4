package dev.kilonode.benchmarks;

import dev.kilonode.node.link.netty.ManualEventLoop;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A thread on which nodes live with their sockets, as in a run: a queue that it empties, and a loop that it drives. */
final class NodeThread implements Executor, NodeRuntime {

    private static final int BATCH = 256;
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ManualEventLoop loop = new ManualEventLoop("node", this::live, tasks::isEmpty);
    private final Random random = new Random(1);
    private volatile boolean sleeping;

    NodeThread() {
        loop.start();
    }

    private void live() {
        while (true) {
            for (int taken = 0; taken < BATCH; taken++) {
                Runnable task = tasks.poll();
                if (task == null) break;
                task.run();
            }
            loop.flush();
            sleeping = true;
            loop.turn(tasks.isEmpty() ? LONGEST_SLEEP_NANOS : 0);
            sleeping = false;
        }
    }

    /** For the endpoints that live here. */
    SocketLoops sockets() {
        return loop.sockets();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (sleeping) loop.wakeUp();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Future<?> scheduled = clock.schedule(() -> execute(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
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
        return random;
    }
}
