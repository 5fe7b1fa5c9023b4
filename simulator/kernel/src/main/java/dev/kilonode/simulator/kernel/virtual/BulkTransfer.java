package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import org.jspecify.annotations.Nullable;

/** A large frame in transit. It passes through the sender's uplink, the network and the receiver's downlink, one after another. */
final class BulkTransfer extends Event {

    private enum State {
        UPLOADING,
        TRAVELLING,
        DOWNLOADING,
        ACKNOWLEDGED,
        ENDED
    }

    private final VirtualNetwork traffic;
    final VirtualConnection from;
    final VirtualConnection to;
    private final Frame frame;
    private final @Nullable SendListener listener;
    private @Nullable SendCompletion failure;
    private State state = State.UPLOADING;

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

    void start() {
        from.owner.transfers().add(this);
        to.owner.transfers().add(this);
        from.owner.host().bulkUp.add(this);
    }

    /** Called by the current link when the last byte has passed. */
    void passed() {
        if (state == State.UPLOADING) {
            state = State.TRAVELLING;
            if (listener != null) {
                long deadlineNanos = traffic.engine.later(traffic.patienceNanos(sizeBytes()));
                failure = traffic.fail(from, listener, FrameFailure.ON_PATH, deadlineNanos);
            }
            traffic.engine.schedule(this, traffic.engine.later(traffic.drawPathNanos(from, sizeBytes())));
        } else {
            arrive();
        }
    }

    @Override
    protected void fire() {
        if (state == State.ACKNOWLEDGED) {
            acknowledge();
        } else if (isCut()) {
            abort(FrameFailure.CUT_OFF);
        } else {
            state = State.DOWNLOADING;
            failsFor(FrameFailure.ON_DOWNLINK);
            to.owner.host().bulkDown.add(this);
        }
    }

    private boolean isCut() {
        return from.owner.host().isCutFrom(from.remoteHost);
    }

    /** Ends the transfer if it occupies a link and is between hosts that are cut off from each other now. */
    void cut() {
        if (isCut() && (state == State.UPLOADING || state == State.DOWNLOADING)) abort(FrameFailure.CUT_OFF);
    }

    /** The cause for which the sender gives the frame up unless it hears of it in time. */
    private void failsFor(FrameFailure cause) {
        if (failure != null) failure.failure = cause;
    }

    /** Ends the transfer because its connection, its sender or its receiver is gone. */
    void abort(FrameFailure cause) {
        if (state == State.ENDED) return;
        boolean left = state != State.UPLOADING;
        end();
        if (link != null) link.remove(this);
        traffic.engine.cancel(this);
        // once the frame has left the sender, the failure is already scheduled
        failsFor(cause);
        traffic.lose(from, sizeBytes(), cause, left ? null : listener);
    }

    private void arrive() {
        end();
        FrameFailure lost = traffic.arrive(to, frame, isCut());
        failsFor(lost == null ? FrameFailure.ACKNOWLEDGEMENT_LATE : lost);
        if (lost != null) return;
        if (failure != null && listener != null && failure.isScheduled()) {
            long acknowledgedNanos = traffic.engine.later(traffic.drawPathNanos(to, 1));
            if (acknowledgedNanos <= failure.atNanos()) {
                traffic.engine.cancel(failure);
                if (listener.wantsAcknowledgement()) {
                    state = State.ACKNOWLEDGED;
                    traffic.engine.schedule(this, acknowledgedNanos);
                } else {
                    traffic.accounts.acknowledge();
                }
            }
        }
        to.owner.received(to, frame);
    }

    private void acknowledge() {
        state = State.ENDED;
        if (listener == null || failure == null) return;
        if (from.owner.runtime().isHalted()) {
            traffic.accounts.giveUp(FrameFailure.NODE_STOPPED);
        } else if (isCut()) {
            long deadlineNanos = Math.max(traffic.engine.nowNanos(), failure.atNanos());
            traffic.fail(from, listener, FrameFailure.CUT_OFF, deadlineNanos);
        } else {
            traffic.accounts.acknowledge();
            listener.acknowledged();
        }
    }

    private void end() {
        state = State.ENDED;
        from.owner.transfers().remove(this);
        to.owner.transfers().remove(this);
    }
}
