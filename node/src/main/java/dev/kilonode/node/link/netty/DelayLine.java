package dev.kilonode.node.link.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks after one and the same delay, first come, first run. It needs one timer of its event loop for all of them; the loop keeps timers in a
 * heap, where each costs more the more there are. On the event loop.
 */
final class DelayLine implements Runnable {

    private final EventExecutor loop;
    private final long delayNanos;
    private final ArrayDeque<Delayed> queue = new ArrayDeque<>();
    private boolean ticking;

    DelayLine(EventExecutor loop, long delayNanos) {
        this.loop = loop;
        this.delayNanos = delayNanos;
    }

    /** A task that waits for its turn. */
    static final class Delayed {

        private final Runnable task;
        private final long dueNanos;
        private boolean cancelled;

        private Delayed(Runnable task, long dueNanos) {
            this.task = task;
            this.dueNanos = dueNanos;
        }

        /** It will not run. It keeps its place until its turn comes, which makes this cheap. */
        void cancel() {
            cancelled = true;
        }
    }

    Delayed add(Runnable task) {
        Delayed last = new Delayed(task, loop.ticker().nanoTime() + delayNanos);
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
        } finally { // whatever a task throws
            ticking = false;
            Delayed next = queue.peek();
            if (next != null) tick(next.dueNanos - nowNanos);
        }
    }

    private void runUntil(long nowNanos) {
        for (Delayed next = queue.peek(); next != null; next = queue.peek()) {
            if (!next.cancelled && next.dueNanos - nowNanos > 0) return;
            queue.remove();
            if (!next.cancelled) next.task.run();
        }
    }
}
