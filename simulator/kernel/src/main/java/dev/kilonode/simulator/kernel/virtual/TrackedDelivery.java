package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in a world whose hosts change. Between two windows changes move it, through {@link TrackedDeliveries}. It takes the same time
 * as other deliveries if nothing changes.
 */
final class TrackedDelivery extends Delivery {

    private long leftNanos;
    private double jitterDrawn;
    private double lossDrawn;
    private boolean lost;

    TrackedDelivery(VirtualNetwork traffic) {
        super(traffic);
    }

    @Override
    void leave(
            VirtualConnection from,
            VirtualConnection to,
            Frame frame,
            @Nullable SendListener listener,
            long leftNanos) {
        super.leave(from, to, frame, listener, leftNanos);
        this.leftNanos = leftNanos;
        PathDraws drawn = from.owner.host().paths;
        jitterDrawn = drawn.jitterDrawn();
        lossDrawn = drawn.lossDrawn();
        lost = false;
    }

    /** Whether the frame waits for the sender's uplink. */
    boolean waitsToLeave() {
        return state == State.TRAVELLING && leftNanos > nowNanos();
    }

    boolean isFrom(VirtualHost host) {
        return state != State.FREE && from().owner.host() == host;
    }

    boolean isTo(VirtualHost host) {
        return state != State.FREE && from().remoteHost == host;
    }

    /** Moves a frame that waits for the uplink, and all that follows. */
    void uplinkChanged(double ratio) {
        if (waitsToLeave()) leaveAt(FifoLink.moved(nowNanos(), leftNanos, ratio), arrivesNanos - leftNanos);
    }

    /** Gives a frame that waits for the uplink the path that it would have drawn now. */
    void pathChanged() {
        if (!waitsToLeave()) return;
        VirtualConnection sender = from();
        int packets = CostTable.datagrams(frame().sizeBytes());
        leaveAt(
                leftNanos,
                traffic.world.paths().nanos(sender.owner.host(), sender.remoteHost, packets, jitterDrawn, lossDrawn));
    }

    private void leaveAt(long newLeftNanos, long pathNanos) {
        long arrives = Engine.after(newLeftNanos, pathNanos);
        long atNanos = Engine.after(atNanos(), arrives - arrivesNanos);
        deadlineNanos = Engine.after(deadlineNanos, newLeftNanos - leftNanos);
        leftNanos = newLeftNanos;
        arrivesNanos = arrives;
        reschedule(atNanos);
    }

    /** The bandwidth of the receiver's downlink is about to change for the first time: from now on arrival and passing are two events. */
    void beforeFirstChangeOfDownlink() {
        if (state != State.TRAVELLING) return;
        if (arrivesNanos > nowNanos()) {
            reschedule(arrivesNanos);
        } else {
            long throughNanos = from().remoteHost.down.pass(arrivesNanos, frame().sizeBytes());
            state = State.QUEUED;
            reschedule(throughNanos);
        }
    }

    /** Moves a frame that waits for the downlink. */
    void downlinkChanged(double ratio) {
        if (state == State.QUEUED) reschedule(FifoLink.moved(nowNanos(), atNanos(), ratio));
    }

    /** Loses the frame if it left the uplink since {@code sinceNanos}, when its host or that of the receiver was cut off. */
    void reconnected(long sinceNanos) {
        if (state == State.TRAVELLING && leftNanos > sinceNanos && !waitsToLeave()) lost = true;
    }

    private void reschedule(long atNanos) {
        if (atNanos == atNanos()) return;
        boolean ignored = callOff();
        TrackedDelivery moved =
                (TrackedDelivery) traffic.delivery(from().owner.host().partition());
        moved.take(this);
        moved.leftNanos = leftNanos;
        moved.jitterDrawn = jitterDrawn;
        moved.lossDrawn = lossDrawn;
        moved.lost = lost;
        moved.moveAgain(atNanos);
    }

    @Override
    boolean isLost() {
        return lost || from().owner.host().isCutFrom(from().remoteHost);
    }

    @Override
    void acknowledge() {
        SendListener target = listener;
        if (target != null && isLost()) {
            VirtualConnection sender = from();
            long failsNanos = Math.max(nowNanos(), deadlineNanos);
            VirtualHost host = sender.owner.host();
            endAt(host);
            traffic.fail(host, sender, target, FrameFailure.CUT_OFF, failsNanos);
        } else {
            super.acknowledge();
        }
    }

    /** The time of the sender's host. */
    private long nowNanos() {
        return from().owner.host().nowNanos();
    }
}
