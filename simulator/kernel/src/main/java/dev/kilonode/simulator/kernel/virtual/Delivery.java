package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import org.jspecify.annotations.Nullable;

/**
 * A small frame in transit: an event of the receiver's host until it has arrived, then of the sender's. It takes one event if the downlink is free, another if it has to queue there, and another for an
 * acknowledgement if the sender wants one. The object is reused for other frames.
 */
class Delivery extends Event {

    enum State {
        FREE,
        TRAVELLING,
        QUEUED,
        ACKNOWLEDGED
    }

    final VirtualNetwork traffic;
    private @Nullable VirtualConnection from;
    private @Nullable VirtualConnection to;
    private @Nullable Frame frame;
    private boolean wantsAcknowledgement;

    /** Null if the sender has none, or has been told. */
    @Nullable
    SendListener listener;

    /** Tells the sender that the deadline has passed; null unless the frame is late. */
    private @Nullable SendCompletion failure;

    State state = State.FREE;

    /** When the first byte reaches the receiver's downlink. */
    long arrivesNanos;

    /** When the sender stops waiting for the acknowledgement. */
    long deadlineNanos;

    /** The next free delivery of its {@link Partition}. */
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
        moveTo(Engine.after(arrivesNanos, from.remoteHost.down.spanBeforePassNanos(bytes)));
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

    /** Whether the frame cannot reach its receiver. */
    boolean isLost() {
        return false;
    }

    private void enterDownlink() {
        if (isLost()) {
            deliver();
            return;
        }
        long throughNanos = to().owner.host().down.pass(arrivesNanos, frame().sizeBytes());
        if (throughNanos <= atNanos()) {
            deliver();
        } else {
            state = State.QUEUED;
            moveTo(throughNanos);
        }
    }

    private void deliver() {
        long nowNanos = atNanos();
        VirtualConnection sender = from();
        boolean cutOff = isLost();
        VirtualConnection receiver = VirtualNetwork.arrivingOn(to(), cutOff);
        VirtualHost host = receiver.owner.host();
        Frame arrived = frame();
        FrameFailure lost = traffic.arrive(receiver, arrived, cutOff);
        if (lost != null) {
            if (listener != null) traffic.fail(host, sender, listener, lost, Math.max(nowNanos, deadlineNanos));
            endAt(host);
            return;
        }
        if (listener != null && wantsAcknowledgement) {
            state = State.ACKNOWLEDGED;
            moveTo(Engine.after(nowNanos, traffic.drawPathNanos(receiver, 1)));
        } else {
            if (listener != null) host.partition().accounts.acknowledge();
            endAt(host);
        }
        receiver.owner.received(receiver, arrived);
    }

    void acknowledge() {
        SendListener target = from().owner.runtime().isHalted() ? null : listener;
        VirtualHost host = from().owner.host();
        MessageCounts accounts = host.partition().accounts;
        if (target == null) accounts.giveUp(FrameFailure.NODE_STOPPED);
        else accounts.acknowledge();
        endAt(host);
        if (target != null) target.acknowledged();
    }

    /**
     * Schedules the next step. If the acknowledgement deadline comes first, the sender sees a failure at the deadline, whatever happens to
     * the frame.
     */
    private void moveTo(long atNanos) {
        if (listener != null && atNanos > deadlineNanos) {
            VirtualHost at = at();
            failure = traffic.fail(at, from(), listener, late(), Math.max(at.nowNanos(), deadlineNanos));
            listener = null;
            if (state == State.ACKNOWLEDGED) {
                endAt(at);
                return;
            }
        }
        moveOn(atNanos);
    }

    /** Schedules this delivery at the host of its next step. */
    private void moveOn(long atNanos) {
        VirtualHost sender = from().owner.host();
        VirtualHost receiver = from().remoteHost;
        switch (state) {
            case TRAVELLING -> sender.partition().send(sender, receiver, this, atNanos);
            case QUEUED -> receiver.events().schedule(this, atNanos);
            case ACKNOWLEDGED -> receiver.partition().send(receiver, sender, this, atNanos);
            case FREE -> throw new IllegalStateException("the delivery of no frame");
        }
    }

    /** The host where the present step began. */
    private VirtualHost at() {
        return state == State.TRAVELLING ? from().owner.host() : from().remoteHost;
    }

    /** Why the sender gives the frame up if its deadline comes before the next step. */
    private FrameFailure late() {
        return switch (state) {
            case TRAVELLING -> arrivesNanos > deadlineNanos ? FrameFailure.ON_PATH : FrameFailure.ON_DOWNLINK;
            case QUEUED -> FrameFailure.ON_DOWNLINK;
            case ACKNOWLEDGED -> FrameFailure.ACKNOWLEDGEMENT_LATE;
            case FREE -> throw new IllegalStateException("the delivery of no frame");
        };
    }

    /** As {@link #moveTo} after the time or the deadline has changed: a failure that has not been told is withdrawn. */
    final void moveAgain(long atNanos) {
        if (failure != null && failure.callOff()) {
            listener = failure.listener();
            failure = null;
        }
        moveTo(atNanos);
    }

    /** Takes over the frame of {@code other}, whose event has been cancelled. */
    final void take(Delivery other) {
        from = other.from;
        to = other.to;
        frame = other.frame;
        listener = other.listener;
        wantsAcknowledgement = other.wantsAcknowledgement;
        failure = other.failure;
        state = other.state;
        arrivesNanos = other.arrivesNanos;
        deadlineNanos = other.deadlineNanos;
    }

    /** Ends the delivery at {@code host}, which may use the object again. */
    void endAt(VirtualHost host) {
        state = State.FREE;
        from = null;
        to = null;
        frame = null;
        listener = null;
        failure = null;
        host.partition().free(this);
    }

    final VirtualConnection from() {
        if (from == null) throw new IllegalStateException("a delivery from nowhere");
        return from;
    }

    private VirtualConnection to() {
        if (to == null) throw new IllegalStateException("a delivery to nowhere");
        return to;
    }

    final Frame frame() {
        if (frame == null) throw new IllegalStateException("a delivery of nothing");
        return frame;
    }
}
