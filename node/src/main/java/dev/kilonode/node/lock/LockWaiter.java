package dev.kilonode.node.lock;

import org.jspecify.annotations.Nullable;

/**
 * A waiter for an {@link AsyncReadWriteLock}: a continuation and its links in the queue. Reusable, so that a caller that locks once per
 * message allocates nothing. It can wait for one lock at a time.
 */
public class LockWaiter implements Runnable {

    private final @Nullable Runnable then;

    // Accessed under the lock's monitor, or between the grant and the wake-up that follows it.
    @Nullable
    AsyncReadWriteLock queuedAt;

    @Nullable
    LockWaiter next;

    boolean write;
    long sinceNanos;
    long waitedNanos;

    /** @param then called with the lock held, each time it is granted */
    public LockWaiter(Runnable then) {
        this.then = then;
    }

    /** For subclasses that override {@link #granted}. */
    protected LockWaiter() {
        then = null;
    }

    /**
     * Called by {@code NodeRuntime.wakeUp} after the lock was handed over to this waiter and those linked behind it; not for other
     * callers. An exception that one of them throws keeps those behind it from running; in both worlds it ends the run.
     */
    @Override
    public void run() {
        LockWaiter waiter = this;
        while (waiter != null) {
            LockWaiter behind = waiter.next; // read first: once woken, the waiter may queue again
            waiter.next = null;
            waiter.woken();
            waiter = behind;
        }
    }

    private void woken() {
        AsyncReadWriteLock lock = queuedAt;
        if (lock == null) throw new IllegalStateException("a waiter was woken that does not wait");
        queuedAt = null;
        lock.arrived(write, waitedNanos);
        granted();
    }

    /** Called with the lock held, each time it is granted. */
    protected void granted() {
        if (then == null) throw new IllegalStateException("a waiter without a continuation");
        then.run();
    }
}
