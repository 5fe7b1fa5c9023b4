package dev.kilonode.node.link.base;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A node's endpoint in wall time, without the part that carries the frames. All state is confined to the node's thread; frame channels
 * report from other threads.
 */
public abstract class AbstractEndpoint implements Endpoint {

    private static final long LONGEST_LINGER_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** Stamps reserved for each millisecond: more than an endpoint uses in that time. */
    private static final long STAMPS_PER_MILLI = 1 << 20;

    /** The first stamp of the latest endpoint, so that two endpoints made within one millisecond have different stamps. */
    private static final AtomicLong LATEST = new AtomicLong();

    private final NodeAddress address;
    private final Executor nodeThread;
    private final NodeRuntime runtime;
    private final LinkConfig config;
    private final long sendTimeoutNanos;
    private final FrameCounters counters = new FrameCounters();
    private final Map<NodeAddress, BaseConnection> table = new LinkedHashMap<>();
    private final Map<NodeAddress, PendingDial> dials = new LinkedHashMap<>();
    private final ConnectionTimeouts timeouts;
    private @Nullable EndpointListener listener;
    private long stamps;
    private volatile boolean down;
    private volatile boolean silent;
    private volatile int openConnections;

    /**
     * @param nodeThread runs tasks one at a time, in order, and never from within {@code execute}; accepts tasks from any
     *     thread
     * @param runtime the node's runtime, on the same thread; {@code nowNanos} is called from any thread
     */
    protected AbstractEndpoint(NodeAddress address, Executor nodeThread, NodeRuntime runtime, LinkConfig config) {
        this.address = address;
        this.nodeThread = nodeThread;
        this.runtime = runtime;
        this.config = config;
        sendTimeoutNanos = config.sendTimeout().toNanos();
        long now = System.currentTimeMillis() * STAMPS_PER_MILLI;
        stamps = LATEST.updateAndGet(latest -> Math.max(now, latest + STAMPS_PER_MILLI));
        timeouts = new ConnectionTimeouts(this, runtime, config, table.values());
    }

    /** Starts a dial and reports its result to {@code dial}. On the node's thread. */
    protected abstract void open(PendingDial dial);

    /** Stops accepting connections. On the node's thread, once. */
    protected abstract void stopListening();

    /** Calls {@code then} on any thread when the link has recorded which peer the channel belongs to. */
    protected void register(FrameChannel frameChannel, Runnable then) {
        then.run();
    }

    /**
     * A remote endpoint has dialled this one. Any thread. The endpoint confirms or closes the channel later.
     *
     * @param remote the address that the remote endpoint listens at
     * @param remoteStamp its {@link PendingDial#stamp}
     * @param peer the identity that the remote endpoint has proved, or null if the link does not authenticate
     * @return the connection, which takes what arrives after {@link FrameChannel#confirm}
     */
    protected final BaseConnection accepted(
            FrameChannel frameChannel, NodeAddress remote, long remoteStamp, @Nullable PeerId peer) {
        BaseConnection connection = new BaseConnection(this, frameChannel, remote, false, remoteStamp, peer);
        execute(() -> decide(connection));
        return connection;
    }

    /** Counters of the frames sent and received so far. Any thread. */
    public final FrameCounters counters() {
        return counters;
    }

    /** What it has refused and lost so far. Any thread. A link that counts more overrides this. */
    public LinkStatistics statistics() {
        return new LinkStatistics(
                0,
                counters.handshakesFailed(),
                0,
                counters.protocolErrors(),
                0,
                counters.refused(),
                counters.dropped() - counters.refused(),
                counters.unacknowledged());
    }

    @Override
    public final NodeAddress localAddress() {
        return address;
    }

    @Override
    public final void listen(EndpointListener listener) {
        this.listener = listener;
    }

    @Override
    public final void dial(NodeAddress remote, DialListener listener) {
        BaseConnection existing = table.get(remote);
        PendingDial pending = dials.get(remote);
        if (down) {
            execute(() -> listener.dialFailed(DialFailure.CLOSED));
        } else if (existing != null) {
            execute(() -> listener.dialled(existing));
        } else if (pending != null) {
            pending.listeners.add(listener);
        } else if (remote.equals(address)) {
            execute(() -> listener.dialFailed(DialFailure.REFUSED));
        } else {
            PendingDial dial = new PendingDial(this, remote, ++stamps);
            dial.listeners.add(listener);
            dials.put(remote, dial);
            dial.deadline =
                    runtime.schedule(config.dialTimeout().toNanos(), () -> dialFailed(dial, DialFailure.TIMEOUT));
            open(dial);
        }
    }

    @Override
    public final void send(Connection connection, Frame frame, @Nullable SendListener listener) {
        BaseConnection to = (BaseConnection) connection;
        long nowNanos = runtime.nowNanos();
        PendingWrite write = new PendingWrite(to, frame, listener, nowNanos);
        counters.offered.incrementAndGet();
        boolean admitted = to.admits(frame.sizeBytes(), config.sendQueue().count());
        if (to.isOpen() && admitted) {
            to.send(write, nowNanos);
            timeouts.sent();
            return;
        }
        counters.dropped.incrementAndGet();
        (to.isOpen() ? counters.refused : counters.sentOnClosed).incrementAndGet();
        if (listener != null) execute(listener::sendFailed);
    }

    @Override
    public final void close(Connection connection, CloseReason reason) {
        BaseConnection closing = (BaseConnection) connection;
        if (!closing.isOpen()) return;
        PendingWrite lost = remove(closing);
        closing.frameChannel().close(CloseCode.CLOSED);
        execute(() -> notifyClosed(closing, reason, lost));
    }

    @Override
    public final void register(Connection connection, PeerId peer, Runnable then) {
        register(((BaseConnection) connection).frameChannel(), () -> execute(then));
    }

    /** Any thread. */
    @Override
    public final int openConnections() {
        return openConnections;
    }

    @Override
    public final void shutdown(boolean abrupt) {
        if (down) return;
        down = true;
        silent = abrupt;
        stopListening();
        for (BaseConnection connection : new ArrayList<>(table.values())) {
            if (!abrupt) {
                close(connection, CloseReason.LOCAL);
                continue;
            }
            remove(connection);
            connection.frameChannel().abandon(lingerNanos());
        }
        for (PendingDial dial : new ArrayList<>(dials.values())) {
            execute(() -> dialFailed(dial, DialFailure.CLOSED));
        }
        timeouts.stop();
    }

    // Reported by dials and frame channels, on the node's thread

    final void dialUp(PendingDial dial, BaseConnection fresh) {
        if (dial.isOver() || down) {
            fresh.frameChannel().close(table.containsKey(dial.remote()) ? CloseCode.SUPERSEDED : CloseCode.CLOSED);
            return;
        }
        fresh.localStamp = dial.stamp();
        dials.remove(dial.remote());
        dial.end();
        enter(fresh);
        for (DialListener each : dial.listeners) each.dialled(fresh);
    }

    final void dialFailed(PendingDial dial, DialFailure failure) {
        if (dial.isOver()) return;
        dials.remove(dial.remote());
        dial.end();
        if (silent) return;
        if (dial.superseded != null) notifyClosed(dial.superseded, CloseReason.REMOTE, null);
        BaseConnection existing = table.get(dial.remote());
        for (DialListener each : dial.listeners) {
            if (existing != null && existing.isOpen()) each.dialled(existing);
            else each.dialFailed(down ? DialFailure.CLOSED : failure);
        }
    }

    final void channelEnded(BaseConnection connection, CloseReason reason) {
        if (!connection.isOpen()) return;
        PendingWrite lost = remove(connection);
        PendingDial dial = dials.get(connection.remote());
        if (reason != CloseReason.SUPERSEDED) {
            notifyClosed(connection, reason, lost);
        } else if (dial != null) {
            dial.superseded = connection;
            notifyLost(lost);
        } else {
            notifyClosed(connection, CloseReason.REMOTE, lost);
        }
    }

    final boolean deliver(BaseConnection from, Frame frame) {
        if (!from.isOpen() || listener == null) return false;
        listener.received(from, frame);
        return true;
    }

    private void decide(BaseConnection fresh) {
        NodeAddress remote = fresh.remote();
        BaseConnection old = table.get(remote);
        if (down || listener == null) {
            fresh.frameChannel().close(CloseCode.REFUSED);
            return;
        }
        if (old != null && !outlives(fresh, old)) {
            fresh.frameChannel().close(CloseCode.SUPERSEDED);
            return;
        }
        fresh.localStamp = ++stamps;
        fresh.frameChannel().confirm(fresh.localStamp);
        enter(fresh);
        PendingDial crossing = dials.get(remote);
        if (crossing == null || !isLower(remote, address)) return;
        dials.remove(remote);
        crossing.end();
        for (DialListener each : crossing.listeners) each.dialled(fresh);
    }

    /** Whether an accepted connection replaces an older one. */
    private boolean outlives(BaseConnection accepted, BaseConnection old) {
        if (accepted.remoteStamp > old.remoteStamp) return true; // the peer knew of the old connection when it dialled
        return old.dialled() && isLower(accepted.remote(), address);
    }

    private void enter(BaseConnection fresh) {
        BaseConnection old = table.put(fresh.remote(), fresh);
        fresh.open();
        PendingWrite lost = null;
        if (old != null) {
            lost = remove(old);
            old.frameChannel().close(CloseCode.SUPERSEDED);
        }
        openConnections = table.size();
        timeouts.connected();
        if (listener != null) listener.connected(fresh);
        notifyLost(lost);
    }

    private @Nullable PendingWrite remove(BaseConnection connection) {
        connection.markClosed();
        table.remove(connection.remote(), connection);
        openConnections = table.size();
        return connection.failUnacknowledged();
    }

    private void notifyClosed(BaseConnection connection, CloseReason reason, @Nullable PendingWrite lost) {
        if (listener != null) listener.closed(connection, reason);
        notifyLost(lost);
    }

    /** How long peers may take the connections of a killed node for open. */
    private long lingerNanos() {
        return config.idleTimeout().isZero()
                ? LONGEST_LINGER_NANOS
                : config.idleTimeout().toNanos();
    }

    private static void notifyLost(@Nullable PendingWrite oldest) {
        for (PendingWrite each = oldest; each != null; each = each.next) each.notifyListener();
    }

    // For subclasses and this package

    /** Calls {@code task} on the node's thread. Drops it if the endpoint and its thread have been shut down. */
    protected final void execute(Runnable task) {
        try {
            nodeThread.execute(task);
        } catch (RejectedExecutionException e) {
            if (!down) throw e;
        }
    }

    /** Throws an error that no endpoint can handle, such as a lack of memory, on the node's thread. Its owner ends the run. Any thread. */
    public final void fail(Error error) {
        execute(() -> {
            throw error;
        });
    }

    protected final LinkConfig config() {
        return config;
    }

    /** Any thread. */
    protected final long nowNanos() {
        return runtime.nowNanos();
    }

    final long sendTimeoutNanos() {
        return sendTimeoutNanos;
    }

    /** Whether it has been shut down abruptly, so that its node is not notified any more. */
    protected final boolean isSilent() {
        return silent;
    }

    private static boolean isLower(NodeAddress one, NodeAddress other) {
        int order = Integer.compareUnsigned(one.ip(), other.ip());
        return order != 0 ? order < 0 : one.port() < other.port();
    }
}
