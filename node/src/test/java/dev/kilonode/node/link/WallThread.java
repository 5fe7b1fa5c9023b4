package dev.kilonode.node.link;

import dev.kilonode.node.runtime.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The thread of one node in wall time, for tests of endpoints. Remembers the first throwable that a task let out. */
public final class WallThread extends ExecutorRuntime implements AutoCloseable {

    private static final long LONGEST_SECONDS = 20;

    private final ScheduledExecutorService service;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Runnable after;
    private volatile @Nullable Thread thread;

    /** @param after called after each task, on this thread */
    public WallThread(Runnable after) {
        this.after = after;
        service = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread made = new Thread(runnable, "node");
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    @Override
    public void execute(Runnable task) {
        service.execute(() -> guarded(task));
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        ScheduledFuture<?> scheduled = service.schedule(() -> guarded(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Calls {@code task} on this thread and waits for its end. */
    public void call(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        execute(() -> {
            try {
                task.run();
            } finally {
                done.countDown();
            }
        });
        try {
            if (!done.await(LONGEST_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("the node's thread is stuck");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        rethrow();
    }

    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Fails if a task has. */
    public void rethrow() {
        Throwable thrown = failure.get();
        if (thrown != null) throw new AssertionError("on the node's thread", thrown);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
        after.run();
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
