package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import dev.kilonode.simulator.settings.NetworkConfig;
import org.jspecify.annotations.Nullable;

/** Carries frames between endpoints and counts their outcomes. */
final class VirtualNetwork {

    /** Frames of at least this size share the links fairly; smaller ones queue. */
    static final int BULK_BYTES = 64 * 1024;

    final VirtualWorld world;
    final Engine engine;
    final MessageCounts accounts = new MessageCounts();
    private final long acknowledgementNanos;
    private final double acknowledgementNanosPerByte;

    /** Free deliveries for reuse, last in, first out: the last one is still in the processor's cache. */
    private @Nullable Delivery free;

    /** The small frames in transit; null if no host changes. */
    private @Nullable TrackedDeliveries tracked;

    VirtualNetwork(VirtualWorld world, NetworkConfig config) {
        this.world = world;
        this.engine = world.engine();
        this.acknowledgementNanos = config.acknowledgement().toNanos();
        this.acknowledgementNanosPerByte = 1e9 / config.acknowledgementRate().bytesPerSecond();
    }

    /** How long a sender waits for the acknowledgement of {@code bytes} bytes after they have left. */
    long patienceNanos(int bytes) {
        return acknowledgementNanos + (long) (bytes * acknowledgementNanosPerByte);
    }

    void send(VirtualConnection from, Frame frame, @Nullable SendListener listener) {
        long nowNanos = engine.nowNanos();
        int bytes = frame.sizeBytes();
        VirtualHost host = from.owner.host();
        accounts.sent++;
        if (listener == null) accounts.unwatched++;
        else accounts.awaited++;
        if (!from.open) {
            accounts.lose(FrameFailure.CONNECTION_CLOSED);
            if (listener != null) fail(from, listener, FrameFailure.CONNECTION_CLOSED, nowNanos);
            return;
        }
        from.owner.lock().countMessage(nowNanos);
        drive(host, nowNanos, bytes);
        VirtualConnection to = from.other;
        boolean cutOff = host.isCutFrom(from.remoteHost);
        boolean bulk = bytes >= BULK_BYTES;
        // of a bulk frame to an unreachable receiver, hardly more leaves than the congestion window allows
        long leftNanos = bulk ? nowNanos : host.up.pass(nowNanos, bytes);
        // a small frame that has to wait may leave after the hosts have been connected again
        boolean waits = !bulk && to != null && leftNanos - nowNanos > host.up.spanNanos(bytes);
        if (to == null || cutOff && !waits) {
            FrameFailure cause = cutOff ? FrameFailure.CUT_OFF : FrameFailure.PEER_GONE;
            accounts.lose(cause);
            if (listener != null) fail(from, listener, cause, Engine.after(leftNanos, patienceNanos(bytes)));
            return;
        }
        accounts.inFlight++;
        if (bulk) new BulkTransfer(this, from, to, frame, listener).start();
        else delivery().leave(from, to, frame, listener, leftNanos);
    }

    /** Keeps track of small frames in transit, so that changes of hosts apply to them. Called before the first frame is sent. */
    void expectChanges() {
        tracked = new TrackedDeliveries();
    }

    boolean expectsChanges() {
        return tracked != null;
    }

    /** @throws IllegalStateException if hosts do not change in this world */
    TrackedDeliveries tracked() {
        if (tracked == null) throw new IllegalStateException("no record of the frames in transit");
        return tracked;
    }

    Delivery delivery() {
        Delivery delivery = free;
        if (delivery == null) return tracked == null ? new Delivery(this) : new TrackedDelivery(this);
        free = delivery.nextFree;
        return delivery;
    }

    void free(Delivery delivery) {
        delivery.nextFree = free;
        free = delivery;
    }

    /**
     * Hands a frame that has passed both links to its receiver, or counts it as lost.
     *
     * @param cutOff whether it cannot reach its receiver
     * @return why it was lost; null if it was delivered
     */
    @Nullable
    FrameFailure arrive(VirtualConnection to, Frame frame, boolean cutOff) {
        accounts.inFlight--;
        if (cutOff || !to.open) {
            FrameFailure cause = to.open
                    ? FrameFailure.CUT_OFF
                    : to.owner.runtime().isHalted() ? FrameFailure.NODE_STOPPED : FrameFailure.CLOSED_IN_TRANSIT;
            accounts.lose(cause);
            return cause;
        }
        accounts.delivered++;
        accounts.deliveredBytes += frame.sizeBytes();
        VirtualHost host = to.owner.host();
        to.owner.lock().countMessage(engine.nowNanos());
        drive(host, engine.nowNanos(), frame.sizeBytes());
        MessageKind kind = frame.kind();
        world.digest().mix(engine.nowNanos());
        world.digest()
                .mix(((long) to.owner.number() << 8 | (kind == null ? 255 : kind.ordinal())) << 32 | frame.sizeBytes());
        return null;
    }

    /** Charges the packet driver's share of the processor. The frame does not wait for it, as the driver has priority over tasks. */
    private void drive(VirtualHost host, long nowNanos, int bytes) {
        double nanos = world.costs().perDatagramNanos * CostTable.datagrams(bytes);
        if (nanos > 0) host.processors().occupy(nowNanos, nanos);
    }

    /** Counts a frame in flight as lost. */
    void lose(VirtualConnection from, int bytes, FrameFailure cause, @Nullable SendListener listener) {
        accounts.inFlight--;
        accounts.lose(cause);
        if (listener != null) fail(from, listener, cause, engine.later(patienceNanos(bytes)));
    }

    /** Lets the sender give a frame up at {@code atNanos}. */
    SendCompletion fail(VirtualConnection from, SendListener listener, FrameFailure cause, long atNanos) {
        SendCompletion failure = new SendCompletion(this, from.owner.runtime(), listener, cause);
        engine.schedule(failure, atNanos);
        return failure;
    }

    /** Draws the time that {@code bytes} bytes take from this end of a connection to the other. */
    long drawPathNanos(VirtualConnection from, int bytes) {
        return world.paths().drawNanos(from.owner.host(), from.remoteHost, CostTable.datagrams(bytes));
    }
}
