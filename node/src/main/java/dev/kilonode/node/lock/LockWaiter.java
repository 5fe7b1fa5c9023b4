package dev.kilonode.node.lock;

import org.jspecify.annotations.Nullable;

/**
 * One who waits for an {@link AsyncReadWriteLock}: a continuation with a place in the queue. Reusable, so that whoever locks
 * once per message allocates nothing; it may wait for one lock at a time.
 */
public class LockWaiter implements Runnable {

    private final @Nullable Runnable then;

    // Written and read under the lock's monitor, or between the grant and the call that it makes due.
    @Nullable
    AsyncReadWriteLock queuedAt;

    @Nullable
    LockWaiter next;

    boolean write;
    long sinceNanos;
    long waitedNanos;

    /** @param then called each time the lock is granted, holding it */
    public LockWaiter(Runnable then) {
        this.then = then;
    }

    /** For one that is its own continuation: {@link #granted} is called. */
    protected LockWaiter() {
        then = null;
    }

    /**
     * The lock has been handed over to this one and all who are linked behind it, and the node's processor has got to them: for
     * {@link AsyncReadWriteLock} only. What one of them throws keeps those behind it from their turn; in both worlds it ends the run.
     */
    @Override
    public void run() {
        LockWaiter waiter = this;
        while (waiter != null) {
            LockWaiter behind = waiter.next; // once woken it may queue again, here or elsewhere
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

    /** Called each time the lock is granted, holding it. */
    protected void granted() {
        if (then == null) throw new IllegalStateException("a waiter without a continuation");
        then.run();
    }
}
