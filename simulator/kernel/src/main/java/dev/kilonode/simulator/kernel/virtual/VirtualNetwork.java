package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import dev.kilonode.simulator.settings.NetworkConfig;
import org.jspecify.annotations.Nullable;

/** Carries frames between endpoints and counts their outcomes, each at the host where it is known. */
final class VirtualNetwork {

    /** Frames of at least this size share the links fairly; smaller ones queue. */
    static final int BULK_BYTES = 64 * 1024;

    final VirtualWorld world;
    private final long acknowledgementNanos;
    private final double acknowledgementNanosPerByte;

    private boolean expectsChanges;

    VirtualNetwork(VirtualWorld world, NetworkConfig config) {
        this.world = world;
        this.acknowledgementNanos = config.acknowledgement().toNanos();
        this.acknowledgementNanosPerByte = 1e9 / config.acknowledgementRate().bytesPerSecond();
    }

    /** How long a sender waits for the acknowledgement of {@code bytes} bytes after they have left. */
    long patienceNanos(int bytes) {
        return acknowledgementNanos + (long) (bytes * acknowledgementNanosPerByte);
    }

    void send(VirtualConnection from, Frame frame, @Nullable SendListener listener) {
        int bytes = frame.sizeBytes();
        VirtualHost host = from.owner.host();
        long nowNanos = host.nowNanos();
        MessageCounts accounts = host.partition().accounts;
        accounts.sent++;
        if (listener == null) accounts.unwatched++;
        else accounts.awaited++;
        if (!from.open) {
            accounts.lose(FrameFailure.CONNECTION_CLOSED);
            if (listener != null) fail(host, from, listener, FrameFailure.CONNECTION_CLOSED, nowNanos);
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
            if (listener != null) fail(host, from, listener, cause, Engine.after(leftNanos, patienceNanos(bytes)));
            return;
        }
        accounts.inFlight++;
        if (bulk) new BulkTransfer(this, from, to, frame, listener).start();
        else delivery(host.partition()).leave(from, to, frame, listener, leftNanos);
    }

    /** Small frames in transit can be moved from now on, so that changes of hosts apply to them. Called before the first frame is sent. */
    void expectChanges() {
        expectsChanges = true;
    }

    boolean expectsChanges() {
        return expectsChanges;
    }

    Delivery delivery(Partition partition) {
        Delivery delivery = partition.takeFree();
        if (delivery != null) return delivery;
        return expectsChanges ? new TrackedDelivery(this) : new Delivery(this);
    }

    /** The connection on which a frame for {@code to} arrives. */
    static VirtualConnection arrivingOn(VirtualConnection to, boolean cutOff) {
        if (to.open || cutOff) return to;
        if (to.opening) to.owner.accept(to); // the last message of the handshake has come with it
        VirtualConnection successor = to.successor;
        return successor == null ? to : successor;
    }

    /**
     * Hands a frame that has passed both links to its receiver, or counts it as lost.
     *
     * @param cutOff whether it cannot reach its receiver
     * @return why it was lost; null if it was delivered
     */
    @Nullable
    FrameFailure arrive(VirtualConnection to, Frame frame, boolean cutOff) {
        VirtualHost host = to.owner.host();
        MessageCounts accounts = host.partition().accounts;
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
        long nowNanos = host.nowNanos();
        to.owner.lock().countMessage(nowNanos);
        drive(host, nowNanos, frame.sizeBytes());
        MessageKind kind = frame.kind();
        host.digest.mix(nowNanos);
        host.digest.mix(
                ((long) to.owner.number() << 8 | (kind == null ? 255 : kind.ordinal())) << 32 | frame.sizeBytes());
        return null;
    }

    /** Charges the packet driver's share of the processor. The frame does not wait for it, as the driver has priority over tasks. */
    private void drive(VirtualHost host, long nowNanos, int bytes) {
        double nanos = world.costs().perDatagramNanos * CostTable.datagrams(bytes);
        if (nanos > 0) host.processors().occupy(nowNanos, nanos);
    }

    /**
     * Lets the sender give a frame up at {@code atNanos}.
     *
     * @param by the host that knows of the failure now; the sender hears of it no sooner than the least latency allows
     */
    SendCompletion fail(
            VirtualHost by, VirtualConnection from, SendListener listener, FrameFailure cause, long atNanos) {
        SendCompletion failure = new SendCompletion(from, listener, cause, null);
        VirtualHost sender = from.owner.host();
        long heardNanos =
                by == sender ? atNanos : Math.max(atNanos, Engine.after(by.nowNanos(), world.leastCrossingNanos()));
        by.partition().send(by, sender, failure, heardNanos);
        return failure;
    }

    /** Draws the time that {@code bytes} bytes take from this end of a connection to the other. */
    long drawPathNanos(VirtualConnection from, int bytes) {
        return world.paths().drawNanos(from.owner.host(), from.remoteHost, CostTable.datagrams(bytes));
    }
}
