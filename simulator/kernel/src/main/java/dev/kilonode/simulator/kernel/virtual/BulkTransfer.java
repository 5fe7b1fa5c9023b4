package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Event;
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
                failure = new SendCompletion(from.owner.runtime(), listener, false);
                traffic.engine.schedule(failure, traffic.engine.later(traffic.patienceNanos(sizeBytes())));
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
            abort();
        } else {
            state = State.DOWNLOADING;
            to.owner.host().bulkDown.add(this);
        }
    }

    private boolean isCut() {
        return from.owner.host().isCutFrom(from.remoteHost);
    }

    /** Ends the transfer if it occupies a link and is between hosts that are cut off from each other now. */
    void cut() {
        if (isCut() && (state == State.UPLOADING || state == State.DOWNLOADING)) abort();
    }

    /** Ends the transfer because its connection, its sender or its receiver is gone. */
    void abort() {
        if (state == State.ENDED) return;
        boolean left = state != State.UPLOADING;
        end();
        if (link != null) link.remove(this);
        traffic.engine.cancel(this);
        // once the frame has left the sender, the failure is already scheduled
        traffic.lose(from, sizeBytes(), left ? null : listener);
    }

    private void arrive() {
        end();
        if (!traffic.arrive(to, frame, isCut())) return;
        if (failure != null && listener != null && failure.isScheduled()) {
            long acknowledgedNanos = traffic.engine.later(traffic.drawPathNanos(to, 1));
            if (acknowledgedNanos <= failure.atNanos()) {
                traffic.engine.cancel(failure);
                if (listener.wantsAcknowledgement()) {
                    state = State.ACKNOWLEDGED;
                    traffic.engine.schedule(this, acknowledgedNanos);
                }
            }
        }
        to.owner.received(to, frame);
    }

    private void acknowledge() {
        state = State.ENDED;
        if (listener == null || failure == null || from.owner.runtime().isHalted()) return;
        if (isCut()) traffic.fail(from, listener, Math.max(traffic.engine.nowNanos(), failure.atNanos()));
        else listener.acknowledged();
    }

    private void end() {
        state = State.ENDED;
        from.owner.transfers().remove(this);
        to.owner.transfers().remove(this);
    }
}
