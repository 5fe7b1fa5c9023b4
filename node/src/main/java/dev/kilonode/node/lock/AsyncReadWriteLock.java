package dev.kilonode.node.lock;

import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Read/write lock that can be held across asynchronous steps. It is fair: requests are granted in order of arrival, and a reader queues
 * behind a waiting writer. A free lock is granted within the call. A released lock is handed at once to the head of the queue, which is
 * one writer or all leading readers; {@link NodeRuntime#wakeUp} then runs their continuations. Nobody can barge in between, and the time
 * of the wake-up counts as held. Under load the capacity is therefore 1 / (hold + wake-up).
 *
 * <p>Invariant: {@code granted = released + held}, where held is either one writer or any number of readers. Safe for use by many
 * threads. Continuations never run within the monitor.
 */
public final class AsyncReadWriteLock {

    private static final int WRITER = -1;

    private final NodeRuntime runtime;
    private final NodeObserver observer;
    private final LockName name;

    /** {@link #WRITER}, or the number of readers that hold the lock. */
    private int holders;

    private @Nullable LockWaiter first;
    private @Nullable LockWaiter last;
    private int waiting;
    private long granted;
    private long released;
    private long writtenSinceNanos;
    private long writtenNanos;

    public AsyncReadWriteLock(NodeRuntime runtime, NodeObserver observer, LockName name) {
        this.runtime = runtime;
        this.observer = observer;
        this.name = name;
    }

    /** Acquires the lock for reading. {@code waiter} is called with the lock held, within this call if the lock is free. */
    public void acquireRead(LockWaiter waiter) {
        if (tryAcquireRead() || !enqueueUnlessFree(waiter, false)) waiter.granted();
    }

    /** Acquires the lock for writing. {@code waiter} is called with the lock held, within this call if the lock is free. */
    public void acquireWrite(LockWaiter waiter) {
        if (!enqueueUnlessFree(waiter, true)) waiter.granted();
    }

    /** Acquires the lock for reading if it is free to readers; returns whether it did. */
    public boolean tryAcquireRead() {
        synchronized (this) {
            if (first != null || holders < 0) return false;
            holders++;
            granted++;
        }
        observer.lockWaited(name, false, 0);
        return true;
    }

    /**
     * Acquires and releases the lock for reading {@code times} times at one instant, if it is free to readers. For callers that read
     * nothing, or that read before any other task can run.
     *
     * @return false if a writer holds the lock or anybody waits; nothing has happened then
     */
    public boolean passRead(int times) {
        synchronized (this) {
            if (first != null || holders < 0) return false;
            granted += times;
            released += times;
        }
        observer.lockPassed(name, times);
        return true;
    }

    public void releaseRead() {
        LockWaiter woken = null;
        synchronized (this) {
            if (holders <= 0) throw new IllegalStateException(name.label() + ": no reader holds the lock");
            holders--;
            released++;
            if (holders == 0 && first != null) woken = grantNext(runtime.nowNanos());
        }
        wake(woken);
    }

    public void releaseWrite() {
        long nowNanos = runtime.nowNanos();
        long heldNanos;
        LockWaiter woken;
        synchronized (this) {
            if (holders != WRITER) throw new IllegalStateException(name.label() + ": no writer holds the lock");
            holders = 0;
            released++;
            heldNanos = nowNanos - writtenSinceNanos;
            writtenNanos += heldNanos;
            woken = grantNext(nowNanos);
        }
        observer.lockHeld(name, heldNanos);
        wake(woken);
    }

    /** Time for which writers have held the lock, in nanoseconds, including the current writer. */
    public synchronized long writeHeldNanos() {
        return holders == WRITER ? writtenNanos + runtime.nowNanos() - writtenSinceNanos : writtenNanos;
    }

    public LockName name() {
        return name;
    }

    /** Number of waiters in the queue. */
    public synchronized int waiting() {
        return waiting;
    }

    /** Whether the lock is held, or handed over to a waiter that has not run yet. */
    public synchronized boolean isHeld() {
        return holders != 0;
    }

    /** Number of grants so far, to readers and writers. */
    public synchronized long granted() {
        return granted;
    }

    /** Whether the counters agree with each other and with the queue. */
    public synchronized boolean invariantsHold() {
        int queued = 0;
        for (LockWaiter w = first; w != null; w = w.next) queued++;
        int held = holders == WRITER ? 1 : holders;
        return held >= 0 && granted == released + held && queued == waiting && (queued == 0 || holders != 0);
    }

    void arrived(boolean write, long waitedNanos) {
        observer.lockWaited(name, write, waitedNanos);
    }

    /** @return false if the lock was granted at once */
    private boolean enqueueUnlessFree(LockWaiter waiter, boolean write) {
        synchronized (this) {
            if (waiter.queuedAt != null) throw new IllegalStateException(name.label() + ": this waiter waits already");
            boolean free = first == null && (write ? holders == 0 : holders >= 0);
            if (!free) {
                enqueue(waiter, write);
                return true;
            }
            granted++;
            if (write) {
                holders = WRITER;
                writtenSinceNanos = runtime.nowNanos();
            } else {
                holders++;
            }
        }
        observer.lockWaited(name, write, 0);
        return false;
    }

    private void enqueue(LockWaiter waiter, boolean write) {
        waiter.queuedAt = this;
        waiter.write = write;
        waiter.sinceNanos = runtime.nowNanos();
        if (last == null) first = waiter;
        else last.next = waiter;
        last = waiter;
        waiting++;
    }

    /** Hands the free lock to the head of the queue. Waiters that are granted together stay linked until they are woken. */
    private @Nullable LockWaiter grantNext(long nowNanos) {
        LockWaiter head = first;
        if (head == null) return null;
        LockWaiter tail = head;
        grant(head, nowNanos);
        if (head.write) {
            holders = WRITER;
            writtenSinceNanos = nowNanos;
        } else {
            holders = 1;
            for (LockWaiter w = head.next; w != null && !w.write; w = w.next) {
                grant(w, nowNanos);
                holders++;
                tail = w;
            }
        }
        first = tail.next;
        if (first == null) last = null;
        tail.next = null;
        return head;
    }

    private void grant(LockWaiter waiter, long nowNanos) {
        granted++;
        waiting--;
        waiter.waitedNanos = nowNanos - waiter.sinceNanos;
    }

    /** Wakes all waiters that were granted together with one wake-up, since they become runnable at the same instant. */
    private void wake(@Nullable LockWaiter head) {
        if (head != null) runtime.wakeUp(head);
    }
}
