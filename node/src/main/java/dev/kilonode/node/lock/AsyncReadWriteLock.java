package dev.kilonode.node.lock;

import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Read/write lock that may be held across asynchronous steps. Fair: first come, first served, and a reader queues behind a
 * waiting writer. A free lock is granted within the call. A released one is handed to the next in the queue at once, a
 * writer or all leading readers, and they learn of it by {@link NodeRuntime#wakeUp}: nobody can barge in between, and the
 * wake-up is part of the time the lock is held. Under load its capacity is therefore 1 / (hold + wake-up).
 *
 * <p>Holds at all times: {@code granted = released + held}, and held is either one writer or any number of readers. Safe for
 * use by many threads; continuations are never called within the monitor.
 */
public final class AsyncReadWriteLock {

    private static final int WRITER = -1;

    private final NodeRuntime runtime;
    private final NodeObserver observer;
    private final LockName name;

    /** {@link #WRITER}, or how many readers hold it. */
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

    /** Shares the lock with other readers; {@code waiter} is called holding it, within this call when it is free. */
    public void acquireRead(LockWaiter waiter) {
        if (tryAcquireRead() || !enqueueUnlessFree(waiter, false)) waiter.granted();
    }

    /** Takes the lock alone; {@code waiter} is called holding it, within this call when it is free. */
    public void acquireWrite(LockWaiter waiter) {
        if (!enqueueUnlessFree(waiter, true)) waiter.granted();
    }

    /** Takes a share if that needs no waiting. */
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
     * Reads {@code times} times without any time passing, if that needs no waiting: the same as as many acquisitions and
     * releases, for those who read nothing, or read before anybody else can run.
     *
     * @return false: nothing happened, because somebody writes or waits
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

    /** Time for which writers have held it, the one that holds it now included. */
    public synchronized long writeHeldNanos() {
        return holders == WRITER ? writtenNanos + runtime.nowNanos() - writtenSinceNanos : writtenNanos;
    }

    /** How many wait. */
    public synchronized int waiting() {
        return waiting;
    }

    /** Whether it is held, or handed over to somebody who has not woken yet. */
    public synchronized boolean isHeld() {
        return holders != 0;
    }

    /** Grants so far, of both kinds. */
    public synchronized long granted() {
        return granted;
    }

    /** Whether the accounts and the queue agree. */
    public synchronized boolean invariantsHold() {
        int queued = 0;
        for (LockWaiter w = first; w != null; w = w.next) queued++;
        int held = holders == WRITER ? 1 : holders;
        return held >= 0 && granted == released + held && queued == waiting && (queued == 0 || holders != 0);
    }

    void arrived(boolean write, long waitedNanos) {
        observer.lockWaited(name, write, waitedNanos);
    }

    /** @return false: granted at once */
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

    /** Hands the free lock to the next in the queue; the granted stay linked to each other until they are woken. */
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

    /** One wake-up for all who have been granted the lock together: they become runnable at the same instant. */
    private void wake(@Nullable LockWaiter head) {
        if (head != null) runtime.wakeUp(head);
    }
}
