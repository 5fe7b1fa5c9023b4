package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import org.jspecify.annotations.Nullable;

/**
 * A large frame in transit. It passes through the sender's uplink, the network and the receiver's downlink, one after another. It belongs to
 * the sender's host until it has left, then to the receiver's; the acknowledgement is an event of the sender's again.
 */
final class BulkTransfer extends Event {

    private enum State {
        UPLOADING,
        TRAVELLING,
        DOWNLOADING,
        ACKNOWLEDGED,
        ENDED
    }

    private final VirtualNetwork traffic;
    private final VirtualConnection from;
    private final VirtualConnection to;
    private final Frame frame;
    private final @Nullable SendListener listener;
    private State state = State.UPLOADING;

    /** When the sender gives up, and the event; null until the last byte has left, and for a frame whose outcome nobody awaits. */
    private @Nullable SendCompletion failure;

    private long deadlineNanos;

    /** Whether the acknowledgement could not reach the sender. */
    private boolean acknowledgementLost;

    // written by the receiver's host, read by the sender's after the window
    private long downlinkSinceNanos = Engine.END_NANOS;
    private long arrivedNanos = Engine.END_NANOS;
    private long lostNanos = Engine.END_NANOS;
    private FrameFailure lostBy = FrameFailure.ON_PATH;

    /** The link that carries the transfer now; set by the link. */
    @Nullable
    FairLink link;

    double finishTag;
    long arrival;
    int heapIndex;

    BulkTransfer(
            VirtualNetwork traffic,
            VirtualConnection from,
            VirtualConnection to,
            Frame frame,
            @Nullable SendListener listener) {
        this.traffic = traffic;
        this.from = from;
        this.to = to;
        this.frame = frame;
        this.listener = listener;
    }

    int sizeBytes() {
        return frame.sizeBytes();
    }

    boolean endsBefore(BulkTransfer other) {
        return finishTag != other.finishTag ? finishTag < other.finishTag : arrival < other.arrival;
    }

    /** Whether {@code half} is an end of its connection. */
    boolean isOn(VirtualConnection half) {
        return from == half || to == half;
    }

    void start() {
        from.owner.transfers().add(this);
        sender().bulkUp.add(this);
    }

    /** Called by the current link when the last byte has passed. */
    void passed() {
        if (state == State.UPLOADING) leave();
        else arrive();
    }

    private void leave() {
        from.owner.transfers().remove(this);
        state = State.TRAVELLING;
        VirtualHost sender = sender();
        if (listener != null) {
            deadlineNanos = sender.events().later(traffic.patienceNanos(sizeBytes()));
            failure = new SendCompletion(from, listener, FrameFailure.ON_PATH, this);
            sender.events().schedule(failure, deadlineNanos);
        }
        sender.partition()
                .send(sender, receiver(), this, sender.events().later(traffic.drawPathNanos(from, sizeBytes())));
    }

    @Override
    protected void fire() {
        if (state == State.ACKNOWLEDGED) {
            acknowledge();
        } else if (isCut()) {
            lose(FrameFailure.CUT_OFF);
        } else {
            state = State.DOWNLOADING;
            downlinkSinceNanos = atNanos();
            to.owner.transfers().add(this);
            receiver().bulkDown.add(this);
        }
    }

    private boolean isCut() {
        return sender().isCutFrom(from.remoteHost);
    }

    /** Ends the transfer if it occupies a link and is between hosts that are cut off from each other now. Between two windows. */
    void cut() {
        if (isCut()) abort(FrameFailure.CUT_OFF);
    }

    /** Ends the transfer, which occupies a link, because its connection or the node at this end of it is gone. */
    void abort(FrameFailure cause) {
        if (link != null) link.remove(this);
        if (state == State.DOWNLOADING) {
            to.owner.transfers().remove(this);
            lose(cause);
            return;
        }
        from.owner.transfers().remove(this);
        state = State.ENDED;
        VirtualHost sender = sender();
        count(sender, cause);
        if (listener != null) {
            long givenUpNanos = sender.events().later(traffic.patienceNanos(sizeBytes()));
            SendCompletion ignored = traffic.fail(sender, from, listener, cause, givenUpNanos);
        }
    }

    /** Loses the frame after it has left; its sender gives it up at the deadline. */
    private void lose(FrameFailure cause) {
        state = State.ENDED;
        lostNanos = receiver().nowNanos();
        lostBy = cause;
        count(receiver(), cause);
    }

    private static void count(VirtualHost host, FrameFailure cause) {
        MessageCounts accounts = host.partition().accounts;
        accounts.inFlight--;
        accounts.lose(cause);
    }

    private void arrive() {
        to.owner.transfers().remove(this);
        state = State.ENDED;
        VirtualHost receiver = receiver();
        VirtualConnection receiving = VirtualNetwork.arrivingOn(to, isCut());
        FrameFailure lost = traffic.arrive(receiving, frame, isCut());
        if (lost != null) {
            lostNanos = receiver.nowNanos();
            lostBy = lost;
            return;
        }
        arrivedNanos = receiver.nowNanos();
        if (listener != null) {
            state = State.ACKNOWLEDGED;
            receiver.partition()
                    .send(receiver, sender(), this, receiver.events().later(traffic.drawPathNanos(to, 1)));
        }
        receiving.owner.received(receiving, frame);
    }

    private void acknowledge() {
        state = State.ENDED;
        SendCompletion pending = failure;
        if (pending == null || listener == null || !pending.isScheduled()) return; // too late
        if (from.owner.runtime().isHalted()) return; // counted at the deadline
        if (isCut()) {
            acknowledgementLost = true;
            return;
        }
        boolean ignored = pending.callOff();
        sender().partition().accounts.acknowledge();
        if (listener.wantsAcknowledgement()) listener.acknowledged();
    }

    /** Why the sender has given the frame up at the deadline. Called when all that happened until then is known. */
    FrameFailure causeOfFailure() {
        if (acknowledgementLost) return FrameFailure.CUT_OFF;
        if (lostNanos <= deadlineNanos) return lostBy;
        if (arrivedNanos <= deadlineNanos) return FrameFailure.ACKNOWLEDGEMENT_LATE;
        return downlinkSinceNanos <= deadlineNanos ? FrameFailure.ON_DOWNLINK : FrameFailure.ON_PATH;
    }

    private VirtualHost sender() {
        return from.owner.host();
    }

    private VirtualHost receiver() {
        return from.remoteHost;
    }
}
