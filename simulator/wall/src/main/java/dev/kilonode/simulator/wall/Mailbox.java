package dev.kilonode.simulator.wall;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The task queue of one thread, with separate queues for tasks from other threads and from the thread itself. Each queue is first in, first
 * out; the reader takes from both in turn, so that neither starves. The senders limit the length: workers by their queue, links by the
 * unread bytes of each connection.
 */
final class Mailbox implements Executor {

    private final ConcurrentLinkedQueue<Runnable> external = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private final Runnable wakeUp;
    private @Nullable Thread reader;
    private boolean ownTurn;
    private volatile boolean sleeping;
    private volatile boolean closed;

    /** @param wakeUp ends the reader's current or next sleep; called on any thread */
    Mailbox(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** Sets the reading thread. Until this call, every sender counts as another thread. */
    void readBy(Thread thread) {
        reader = thread;
    }

    /** Adds a task. Does nothing after {@link #close}. Any thread. */
    @Override
    public void execute(Runnable task) {
        if (closed) return;
        if (Thread.currentThread() == reader) {
            own.add(task);
            return;
        }
        external.add(task);
        if (sleeping) wakeUp.run();
    }

    /** The next task, or null. Called by the reader. */
    @Nullable
    Runnable poll() {
        ownTurn = !ownTurn;
        Queue<Runnable> first = ownTurn ? own : external;
        Runnable task = first.poll();
        if (task != null) return task;
        return ownTurn ? external.poll() : own.poll();
    }

    /** Announces that the reader is about to sleep. The reader must check {@link #isEmpty} after this call. */
    void sleeping(boolean sleeping) {
        this.sleeping = sleeping;
    }

    /** Called by the reader. */
    boolean isEmpty() {
        return own.isEmpty() && external.isEmpty();
    }

    /** Rejects all further tasks. */
    void close() {
        closed = true;
    }
}
