package dev.kilonode.simulator.wall;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one thread: by others, and by itself for later. Each of the two in order, and turn about, so that neither waits for the other.
 * Those who ask are bounded themselves: the workers by their queue, links by the bytes each connection may leave unread.
 */
final class Mailbox implements Executor {

    private final ConcurrentLinkedQueue<Runnable> ofOthers = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private final Runnable wakeUp;
    private @Nullable Thread reader;
    private boolean ownTurn;
    private volatile boolean sleeping;
    private volatile boolean closed;

    /** @param wakeUp ends the reader's sleep, also one that it has yet to begin; any thread */
    Mailbox(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** Who reads; until this is known, whoever asks is another. */
    void readBy(Thread thread) {
        reader = thread;
    }

    /** Any thread. Does nothing once the inbox is closed. */
    @Override
    public void execute(Runnable task) {
        if (closed) return;
        if (Thread.currentThread() == reader) {
            own.add(task);
            return;
        }
        ofOthers.add(task);
        if (sleeping) wakeUp.run();
    }

    /** The next task, or null. The reader. */
    @Nullable
    Runnable poll() {
        ownTurn = !ownTurn;
        Queue<Runnable> first = ownTurn ? own : ofOthers;
        Runnable task = first.poll();
        if (task != null) return task;
        return ownTurn ? ofOthers.poll() : own.poll();
    }

    /** Whether the reader is about to sleep, unless the inbox is found not to be empty after this. */
    void sleeping(boolean sleeping) {
        this.sleeping = sleeping;
    }

    /** The reader. */
    boolean isEmpty() {
        return own.isEmpty() && ofOthers.isEmpty();
    }

    /** Takes no more. */
    void close() {
        closed = true;
    }
}
