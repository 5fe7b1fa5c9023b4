package dev.kilonode.node.link.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks after one fixed delay, in the order in which they were added. All tasks share one timer of the event loop: the loop keeps
 * its timers in a heap, where the cost of each grows with their number. On the event loop.
 */
public final class FixedDelayTimer implements Runnable {

    private final EventExecutor loop;
    private final long delayNanos;
    private final ArrayDeque<Timeout> queue = new ArrayDeque<>();
    private boolean ticking;

    FixedDelayTimer(EventExecutor loop, long delayNanos) {
        this.loop = loop;
        this.delayNanos = delayNanos;
    }

    /** A task that waits. */
    public static final class Timeout {

        private final Runnable task;
        private final long dueNanos;
        private boolean cancelled;

        private Timeout(Runnable task, long dueNanos) {
            this.task = task;
            this.dueNanos = dueNanos;
        }

        /** The task will not run. It stays in the queue until it is due, so that cancelling is cheap. */
        public void cancel() {
            cancelled = true;
        }
    }

    public Timeout add(Runnable task) {
        Timeout last = new Timeout(task, loop.ticker().nanoTime() + delayNanos);
        queue.add(last);
        if (!ticking) tick(delayNanos);
        return last;
    }

    private void tick(long nanos) {
        ticking = true;
        var unused = loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        long nowNanos = loop.ticker().nanoTime();
        try {
            runUntil(nowNanos);
        } finally { // also after an exception of a task
            ticking = false;
            Timeout next = queue.peek();
            if (next != null) tick(next.dueNanos - nowNanos);
        }
    }

    private void runUntil(long nowNanos) {
        for (Timeout next = queue.peek(); next != null; next = queue.peek()) {
            if (!next.cancelled && next.dueNanos - nowNanos > 0) return;
            queue.remove();
            if (!next.cancelled) next.task.run();
        }
    }
}
