package dev.kilonode.node.link.real;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One frame on its way out. It is all that a send allocates here: it waits in its connection's list (node's thread), carries
 * the account of having left (any thread, once), and is its own task for the node's thread when it is acknowledged.
 */
public final class Outgoing implements Runnable {

    private static final int WAITING = 0;
    private static final int LEFT = 1;
    private static final int ACKNOWLEDGED = 2;
    private static final int OVER = 3;
    private static final AtomicIntegerFieldUpdater<Outgoing> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Outgoing.class, "state");

    private final RealConnection connection;
    private final Frame frame;
    private final @Nullable SendListener listener;
    private final long offeredNanos;
    private volatile int state = WAITING;
    private volatile long leftNanos;

    private boolean arrived;

    // The connection's list of those not yet answered; on the node's thread.
    boolean listed;

    @Nullable
    Outgoing previous;

    @Nullable
    Outgoing next;

    Outgoing(RealConnection connection, Frame frame, @Nullable SendListener listener, long offeredNanos) {
        this.connection = connection;
        this.frame = frame;
        this.listener = listener;
        this.offeredNanos = offeredNanos;
    }

    /** The frame; its bytes are not null. */
    public Frame frame() {
        return frame;
    }

    /** Whether it has failed, so that nobody waits for it any more. Any thread. */
    public boolean isOver() {
        return state == OVER;
    }

    /** All of it has left. Any thread; only the first call counts. */
    public void left() {
        if (state != WAITING) return;
        leftNanos = connection.endpoint().nowNanos();
        if (!STATE.compareAndSet(this, WAITING, LEFT)) return;
        connection.account().left.incrementAndGet();
        connection.noLongerWaits(frame.sizeBytes());
    }

    /** The other end has received all of it, and so it has left. Any thread; only the first call counts. */
    public void acknowledged() {
        left();
        if (!STATE.compareAndSet(this, LEFT, ACKNOWLEDGED)) return;
        if (isAwaited()) connection.endpoint().execute(this); // else its list forgets it in passing
    }

    /** How soon its acknowledgement must come. Any thread. */
    public Urgency urgency() {
        return Urgency.of(frame, listener);
    }

    private boolean isAwaited() {
        return urgency() == Urgency.AWAITED;
    }

    /** Whether it has arrived and nobody waits to hear so. */
    boolean isDone() {
        return state == ACKNOWLEDGED && !isAwaited();
    }

    /** Acknowledged, on the node's thread. */
    @Override
    public void run() {
        if (!listed) return;
        connection.unlist(this);
        if (listener != null && isAwaited() && !connection.endpoint().isSilent()) listener.acknowledged();
    }

    /** When it has failed, by the time on the runtime's clock. */
    long deadlineNanos() {
        return state != WAITING
                ? leftNanos + urgency().deadlineNanos(frame.sizeBytes())
                : offeredNanos + connection.endpoint().sendTimeoutNanos();
    }

    /** Its time is up: takes it off the list. */
    void giveUp() {
        connection.unlist(this);
        fail();
    }

    /** Takes it out of the accounts; the listener is told by {@link #tell}. */
    void fail() {
        int before = STATE.getAndSet(this, OVER);
        if (before == WAITING) {
            connection.account().dropped.incrementAndGet();
            connection.noLongerWaits(frame.sizeBytes());
        } else if (before == LEFT) {
            connection.account().unacknowledged.incrementAndGet();
        }
        arrived = before == ACKNOWLEDGED;
    }

    /** After {@link #fail}. What has arrived after all is told as such. */
    void tell() {
        if (listener == null) return;
        if (!arrived) listener.sendFailed();
        else if (isAwaited()) listener.acknowledged();
    }
}
