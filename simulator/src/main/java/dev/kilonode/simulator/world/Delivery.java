package dev.kilonode.simulator.world;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.engine.Event;
import org.jspecify.annotations.Nullable;

/**
 * A small frame on its way: one event when the downlink is free, another when it has to queue there, and another for the
 * acknowledgement when the sender wants to know.
 */
final class Delivery extends Event {

    private enum State {
        TRAVELLING,
        QUEUED,
        ACKNOWLEDGED
    }

    private final Traffic traffic;
    private final VirtualConnection from;
    private final VirtualConnection to;
    private final Frame frame;
    private final boolean wantsAcknowledgement;
    private @Nullable SendListener listener;
    private State state = State.TRAVELLING;
    private long arrivesNanos;
    private long deadlineNanos;

    Delivery(
            Traffic traffic,
            VirtualConnection from,
            VirtualConnection to,
            Frame frame,
            @Nullable SendListener listener) {
        this.traffic = traffic;
        this.from = from;
        this.to = to;
        this.frame = frame;
        this.listener = listener;
        this.wantsAcknowledgement = listener != null && listener.wantsAcknowledgement();
    }

    /** The last byte leaves the sender's uplink at {@code leftNanos}. */
    void leave(long leftNanos) {
        int bytes = frame.sizeBytes();
        deadlineNanos = leftNanos + traffic.patienceNanos(bytes);
        arrivesNanos = leftNanos + traffic.drawPathNanos(from, to, bytes);
        moveTo(arrivesNanos + to.owner.host().down.spanNanos(bytes));
    }

    @Override
    protected void fire() {
        switch (state) {
            case TRAVELLING -> enterDownlink();
            case QUEUED -> deliver();
            case ACKNOWLEDGED -> {
                if (listener != null && !from.owner.runtime().isHalted()) listener.acknowledged();
            }
        }
    }

    private void enterDownlink() {
        long throughNanos = to.owner.host().down.pass(arrivesNanos, frame.sizeBytes());
        if (throughNanos <= traffic.engine.nowNanos()) {
            deliver();
        } else {
            state = State.QUEUED;
            moveTo(throughNanos);
        }
    }

    private void deliver() {
        long nowNanos = traffic.engine.nowNanos();
        if (!traffic.arrive(from, to, frame)) {
            if (listener != null) traffic.fail(from, listener, Math.max(nowNanos, deadlineNanos));
            return;
        }
        if (listener != null && wantsAcknowledgement) {
            state = State.ACKNOWLEDGED;
            moveTo(nowNanos + traffic.drawPathNanos(to, from, 1));
        }
        to.owner.received(to, frame);
    }

    /** Schedules the next step; a sender whose patience ends before it is told so then, whatever becomes of the frame. */
    private void moveTo(long atNanos) {
        if (listener != null && atNanos > deadlineNanos) {
            traffic.fail(from, listener, Math.max(traffic.engine.nowNanos(), deadlineNanos));
            listener = null;
            if (state == State.ACKNOWLEDGED) return;
        }
        traffic.engine.schedule(this, atNanos);
    }
}
