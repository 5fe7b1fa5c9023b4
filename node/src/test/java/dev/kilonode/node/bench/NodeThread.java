package dev.kilonode.node.bench;

import dev.kilonode.node.link.ExecutorRuntime;
import dev.kilonode.node.runtime.Timer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The one thread of all nodes, as in a run: a queue that it empties, and it is woken only if it sleeps. */
final class NodeThread extends ExecutorRuntime {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Thread thread = new Thread(this::run, "node");
    private volatile boolean sleeping;

    NodeThread() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (true) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) task.run();
            sleeping = true;
            if (tasks.isEmpty()) LockSupport.park(this);
            sleeping = false;
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (sleeping) LockSupport.unpark(thread);
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Future<?> scheduled = clock.schedule(() -> execute(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
