package dev.kilonode.node.link.base;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One frame that is being sent. It is the only object that a send allocates in this package: it is an element of the list of its
 * connection (node's thread), it records once that the frame has left (any thread), and it is the task that reports the
 * acknowledgement on the node's thread.
 */
public final class PendingWrite implements Runnable {

    private static final int WAITING = 0;
    private static final int LEFT = 1;
    private static final int ACKNOWLEDGED = 2;
    private static final int OVER = 3;
    private static final AtomicIntegerFieldUpdater<PendingWrite> STATE =
            AtomicIntegerFieldUpdater.newUpdater(PendingWrite.class, "state");

    private final BaseConnection connection;
    private final Frame frame;
    private final @Nullable SendListener listener;
    private final long offeredNanos;
    private volatile int state = WAITING;
    private volatile long leftNanos;

    private boolean arrived;

    // Element of the connection's list of unacknowledged frames; on the node's thread.
    boolean listed;

    @Nullable
    PendingWrite previous;

    @Nullable
    PendingWrite next;

    PendingWrite(BaseConnection connection, Frame frame, @Nullable SendListener listener, long offeredNanos) {
        this.connection = connection;
        this.frame = frame;
        this.listener = listener;
        this.offeredNanos = offeredNanos;
    }

    /** The frame; its bytes are not null. */
    public Frame frame() {
        return frame;
    }

    /** Whether the send has failed, so that the frame need not be sent any more. Any thread. */
    public boolean isOver() {
        return state == OVER;
    }

    /** All of the frame has left. Any thread; only the first call has an effect. */
    public void left() {
        if (state != WAITING) return;
        leftNanos = connection.endpoint().nowNanos();
        if (!STATE.compareAndSet(this, WAITING, LEFT)) return;
        connection.counters().left.incrementAndGet();
        connection.stopsWaiting(frame.sizeBytes());
    }

    /** The remote endpoint has received all of the frame, which implies that it has left. Any thread; only the first call has an effect. */
    public void acknowledged() {
        left();
        if (!STATE.compareAndSet(this, LEFT, ACKNOWLEDGED)) return;
        if (isAwaited()) connection.endpoint().execute(this); // else the next send removes it from the list
    }

    /** How soon the acknowledgement must arrive. Any thread. */
    public AckPolicy ackPolicy() {
        return AckPolicy.of(frame, listener);
    }

    private boolean isAwaited() {
        return ackPolicy() == AckPolicy.PROMPT;
    }

    /** Whether it is acknowledged and no listener waits for that. */
    boolean isDone() {
        return state == ACKNOWLEDGED && !isAwaited();
    }

    /** Reports the acknowledgement on the node's thread. */
    @Override
    public void run() {
        if (!listed) return;
        connection.unlist(this);
        if (listener != null && isAwaited() && !connection.endpoint().isSilent()) listener.acknowledged();
    }

    /** The time on the runtime's clock at which the send fails. */
    long deadlineNanos() {
        return state != WAITING
                ? leftNanos + ackPolicy().deadlineNanos(frame.sizeBytes())
                : offeredNanos + connection.endpoint().sendTimeoutNanos();
    }

    /** The deadline has passed: removes the frame from the list. */
    void giveUp() {
        connection.unlist(this);
        fail(true);
    }

    /**
     * Counts the failure; {@link #notifyListener} notifies the listener.
     *
     * @param expired whether the deadline has passed; otherwise the connection has ended
     */
    void fail(boolean expired) {
        int before = STATE.getAndSet(this, OVER);
        if (before == WAITING) connection.stopsWaiting(frame.sizeBytes());
        if (before == WAITING || before == LEFT) {
            connection
                    .counters()
                    .countFailed(before == LEFT, expired, connection.endpoint().isSilent());
        }
        arrived = before == ACKNOWLEDGED;
    }

    /** Notifies the listener, after {@link #fail}. A frame that was acknowledged in the meantime is reported as acknowledged. */
    void notifyListener() {
        if (listener == null) return;
        if (!arrived) listener.sendFailed();
        else if (isAwaited()) listener.acknowledged();
    }
}
