package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import org.jspecify.annotations.Nullable;

/**
 * A small frame in transit. It takes one event if the downlink is free, another if it has to queue there, and another for an
 * acknowledgement if the sender wants one. The object is reused for other frames.
 */
final class Delivery extends Event {

    private enum State {
        FREE,
        TRAVELLING,
        QUEUED,
        ACKNOWLEDGED
    }

    private final VirtualNetwork traffic;
    private @Nullable VirtualConnection from;
    private @Nullable VirtualConnection to;
    private @Nullable Frame frame;
    private @Nullable SendListener listener;
    private boolean wantsAcknowledgement;
    private State state = State.FREE;
    private long arrivesNanos;
    private long deadlineNanos;

    /** The next free delivery in the list of {@link VirtualNetwork}. */
    @Nullable
    Delivery nextFree;

    Delivery(VirtualNetwork traffic) {
        this.traffic = traffic;
    }

    /** Starts the transit of a frame whose last byte leaves the sender's uplink at {@code leftNanos}. */
    void leave(
            VirtualConnection from,
            VirtualConnection to,
            Frame frame,
            @Nullable SendListener listener,
            long leftNanos) {
        this.from = from;
        this.to = to;
        this.frame = frame;
        this.listener = listener;
        wantsAcknowledgement = listener != null && listener.wantsAcknowledgement();
        state = State.TRAVELLING;
        int bytes = frame.sizeBytes();
        deadlineNanos = Engine.after(leftNanos, traffic.patienceNanos(bytes));
        arrivesNanos = Engine.after(leftNanos, traffic.drawPathNanos(from, bytes));
        moveTo(
                Engine.after(arrivesNanos, from.remoteHost.down.spanNanos(bytes)),
                arrivesNanos > deadlineNanos ? FrameFailure.ON_PATH : FrameFailure.ON_DOWNLINK);
    }

    @Override
    protected void fire() {
        switch (state) {
            case TRAVELLING -> enterDownlink();
            case QUEUED -> deliver();
            case ACKNOWLEDGED -> acknowledge();
            case FREE -> throw new IllegalStateException("the delivery of no frame");
        }
    }

    private void enterDownlink() {
        long throughNanos = to().owner.host().down.pass(arrivesNanos, frame().sizeBytes());
        if (throughNanos <= traffic.engine.nowNanos()) {
            deliver();
        } else {
            state = State.QUEUED;
            moveTo(throughNanos, FrameFailure.ON_DOWNLINK);
        }
    }

    private void deliver() {
        long nowNanos = traffic.engine.nowNanos();
        VirtualConnection sender = from();
        VirtualConnection receiver = to();
        Frame arrived = frame();
        FrameFailure lost = traffic.arrive(receiver, arrived);
        if (lost != null) {
            if (listener != null) traffic.fail(sender, listener, lost, Math.max(nowNanos, deadlineNanos));
            end();
            return;
        }
        if (listener != null && wantsAcknowledgement) {
            state = State.ACKNOWLEDGED;
            moveTo(Engine.after(nowNanos, traffic.drawPathNanos(receiver, 1)), FrameFailure.ACKNOWLEDGEMENT_LATE);
        } else {
            if (listener != null) traffic.accounts.acknowledge();
            end();
        }
        receiver.owner.received(receiver, arrived);
    }

    private void acknowledge() {
        SendListener target = from().owner.runtime().isHalted() ? null : listener;
        if (target == null) traffic.accounts.giveUp(FrameFailure.NODE_STOPPED);
        else traffic.accounts.acknowledge();
        end();
        if (target != null) target.acknowledged();
    }

    /**
     * Schedules the next step. If the acknowledgement deadline comes first, the sender sees a failure at the deadline, whatever happens to
     * the frame.
     *
     * @param late why the sender gives the frame up then
     */
    private void moveTo(long atNanos, FrameFailure late) {
        if (listener != null && atNanos > deadlineNanos) {
            traffic.fail(from(), listener, late, Math.max(traffic.engine.nowNanos(), deadlineNanos));
            listener = null;
            if (state == State.ACKNOWLEDGED) {
                end();
                return;
            }
        }
        traffic.engine.schedule(this, atNanos);
    }

    private void end() {
        state = State.FREE;
        from = null;
        to = null;
        frame = null;
        listener = null;
        traffic.free(this);
    }

    private VirtualConnection from() {
        if (from == null) throw new IllegalStateException("a delivery from nowhere");
        return from;
    }

    private VirtualConnection to() {
        if (to == null) throw new IllegalStateException("a delivery to nowhere");
        return to;
    }

    private Frame frame() {
        if (frame == null) throw new IllegalStateException("a delivery of nothing");
        return frame;
    }
}
