package dev.kilonode.simulator.wall;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask the node thread to call, in order. Those who ask are bounded themselves: the workers by their queue,
 * links by the bytes each connection may leave unread. Holds: posted == taken + waiting.
 */
final class Inbox implements Executor {

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong posted = new AtomicLong();
    private final Thread reader;
    private volatile boolean sleeping;
    private volatile boolean closed;
    private long taken;

    /** @param reader the thread that polls and sleeps */
    Inbox(Thread reader) {
        this.reader = reader;
    }

    /** Any thread. Does nothing once the inbox is closed. */
    @Override
    public void execute(Runnable task) {
        if (closed) return;
        posted.incrementAndGet();
        queue.add(task);
        if (sleeping) LockSupport.unpark(reader);
    }

    /** The next task, or null. */
    @Nullable
    Runnable poll() {
        Runnable task = queue.poll();
        if (task != null) taken++;
        return task;
    }

    /** Sleeps until a task comes, or for {@code nanos}. */
    void sleep(long nanos) {
        sleeping = true;
        if (queue.isEmpty()) LockSupport.parkNanos(this, nanos);
        sleeping = false;
    }

    /** Tasks that wait. */
    long waiting() {
        return posted.get() - taken;
    }

    /** Tasks called so far. */
    long taken() {
        return taken;
    }

    /** Takes no more. */
    void close() {
        closed = true;
        queue.clear();
    }
}
