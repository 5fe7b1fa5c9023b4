package dev.kilonode.node.link.real;

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
 * A node's endpoint in wall time, but for what carries the frames. All state is confined to the node's thread; lines come and
 * tell from others.
 */
public abstract class RealEndpoint implements Endpoint {

    private static final long LONGEST_LINGER_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** As many as no endpoint uses up in the millisecond for which it has them. */
    private static final long STAMPS_PER_MILLI = 1 << 20;

    /** The first stamp of the endpoint that was made last; two made within one millisecond would have the same. */
    private static final AtomicLong LATEST = new AtomicLong();

    private final NodeAddress address;
    private final Executor nodeThread;
    private final NodeRuntime runtime;
    private final LinkConfig config;
    private final long sendTimeoutNanos;
    private final LinkAccount account = new LinkAccount();
    private final Map<NodeAddress, RealConnection> table = new LinkedHashMap<>();
    private final Map<NodeAddress, RealDial> dials = new LinkedHashMap<>();
    private final Watch watch;
    private @Nullable EndpointListener listener;
    private long stamps;
    private volatile boolean down;
    private volatile boolean silent;
    private volatile int openConnections;

    /**
     * @param nodeThread calls what it is given one at a time, in order, and never from within {@code execute}; takes calls from
     *     any thread
     * @param runtime the node's, with the same thread; its {@code nowNanos} is called from any thread
     */
    protected RealEndpoint(NodeAddress address, Executor nodeThread, NodeRuntime runtime, LinkConfig config) {
        this.address = address;
        this.nodeThread = nodeThread;
        this.runtime = runtime;
        this.config = config;
        sendTimeoutNanos = config.sendTimeout().toNanos();
        long now = System.currentTimeMillis() * STAMPS_PER_MILLI;
        stamps = LATEST.updateAndGet(latest -> Math.max(now, latest + STAMPS_PER_MILLI));
        watch = new Watch(this, runtime, config, table.values());
    }

    /** Begins to carry out a dial; how it ends is told to {@code dial}. On the node's thread. */
    protected abstract void open(RealDial dial);

    /** Accepts no connection any more. On the node's thread, once. */
    protected abstract void stopListening();

    /** Calls {@code then}, at some later time and on any thread, once what carries the frames has noted whose this line is. */
    protected void register(Line line, Runnable then) {
        then.run();
    }

    /**
     * Somebody has dialled this endpoint. Any thread. The line is told whether it is welcome.
     *
     * @param remote the address it listens at
     * @param remoteStamp its {@link RealDial#stamp}
     * @param peer who it has proved to be, or null where nobody asks
     * @return the connection, to be told of what arrives once it has been welcomed
     */
    protected final RealConnection accepted(Line line, NodeAddress remote, long remoteStamp, @Nullable PeerId peer) {
        RealConnection connection = new RealConnection(this, line, remote, false, remoteStamp, peer);
        execute(() -> decide(connection));
        return connection;
    }

    /** Frames sent and received so far. Any thread. */
    public final LinkAccount account() {
        return account;
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
        RealConnection existing = table.get(remote);
        RealDial pending = dials.get(remote);
        if (down) {
            execute(() -> listener.dialFailed(DialFailure.CLOSED));
        } else if (existing != null) {
            execute(() -> listener.dialled(existing));
        } else if (pending != null) {
            pending.listeners.add(listener);
        } else if (remote.equals(address)) {
            execute(() -> listener.dialFailed(DialFailure.REFUSED));
        } else {
            RealDial dial = new RealDial(this, remote, ++stamps);
            dial.listeners.add(listener);
            dials.put(remote, dial);
            dial.deadline =
                    runtime.schedule(config.dialTimeout().toNanos(), () -> dialFailed(dial, DialFailure.TIMEOUT));
            open(dial);
        }
    }

    @Override
    public final void send(Connection connection, Frame frame, @Nullable SendListener listener) {
        RealConnection to = (RealConnection) connection;
        long nowNanos = runtime.nowNanos();
        Outgoing outgoing = new Outgoing(to, frame, listener, nowNanos);
        account.offered.incrementAndGet();
        boolean admitted = to.admits(frame.sizeBytes(), config.sendQueue().count());
        if (to.isOpen() && admitted) {
            to.send(outgoing, nowNanos);
            watch.sent();
            return;
        }
        account.dropped.incrementAndGet();
        if (to.isOpen()) account.refused.incrementAndGet();
        if (listener != null) execute(listener::sendFailed);
    }

    @Override
    public final void close(Connection connection, CloseReason reason) {
        RealConnection half = (RealConnection) connection;
        if (!half.isOpen()) return;
        Outgoing lost = remove(half);
        half.line().close(Farewell.CLOSED);
        execute(() -> tellClosed(half, reason, lost));
    }

    @Override
    public final void register(Connection connection, PeerId peer, Runnable then) {
        register(((RealConnection) connection).line(), () -> execute(then));
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
        for (RealConnection connection : new ArrayList<>(table.values())) {
            if (!abrupt) {
                close(connection, CloseReason.LOCAL);
                continue;
            }
            remove(connection);
            connection.line().fallSilent(lingerNanos());
        }
        for (RealDial dial : new ArrayList<>(dials.values())) {
            execute(() -> dialFailed(dial, DialFailure.CLOSED));
        }
        watch.stop();
    }

    // What dials and lines tell, on the node's thread

    final void dialUp(RealDial dial, RealConnection fresh) {
        if (dial.isOver() || down) {
            fresh.line().close(table.containsKey(dial.remote()) ? Farewell.SUPERSEDED : Farewell.CLOSED);
            return;
        }
        fresh.localStamp = dial.stamp();
        dials.remove(dial.remote());
        dial.end();
        enter(fresh);
        for (DialListener each : dial.listeners) each.dialled(fresh);
    }

    final void dialFailed(RealDial dial, DialFailure failure) {
        if (dial.isOver()) return;
        dials.remove(dial.remote());
        dial.end();
        if (silent) return;
        if (dial.superseded != null) tellClosed(dial.superseded, CloseReason.REMOTE, null);
        RealConnection existing = table.get(dial.remote());
        for (DialListener each : dial.listeners) {
            if (existing != null && existing.isOpen()) each.dialled(existing);
            else each.dialFailed(down ? DialFailure.CLOSED : failure);
        }
    }

    final void lineEnded(RealConnection half, CloseReason reason) {
        if (!half.isOpen()) return;
        Outgoing lost = remove(half);
        RealDial dial = dials.get(half.remote());
        if (reason != CloseReason.SUPERSEDED) {
            tellClosed(half, reason, lost);
        } else if (dial != null) {
            dial.superseded = half;
            tellLost(lost);
        } else {
            tellClosed(half, CloseReason.REMOTE, lost);
        }
    }

    final boolean deliver(RealConnection from, Frame frame) {
        if (!from.isOpen() || listener == null) return false;
        listener.received(from, frame);
        return true;
    }

    private void decide(RealConnection fresh) {
        NodeAddress remote = fresh.remote();
        RealConnection old = table.get(remote);
        if (down || listener == null) {
            fresh.line().close(Farewell.REFUSED);
            return;
        }
        if (old != null && !outlives(fresh, old)) {
            fresh.line().close(Farewell.SUPERSEDED);
            return;
        }
        fresh.localStamp = ++stamps;
        fresh.line().welcome(fresh.localStamp);
        enter(fresh);
        RealDial crossing = dials.get(remote);
        if (crossing == null || !isLower(remote, address)) return;
        dials.remove(remote);
        crossing.end();
        for (DialListener each : crossing.listeners) each.dialled(fresh);
    }

    /** Whether an accepted connection takes the place of an older one. */
    private boolean outlives(RealConnection accepted, RealConnection old) {
        if (accepted.remoteStamp > old.remoteStamp)
            return true; // it had learnt of the old one, and dialled none the less
        return old.dialled() && isLower(accepted.remote(), address);
    }

    private void enter(RealConnection fresh) {
        RealConnection old = table.put(fresh.remote(), fresh);
        fresh.open();
        Outgoing lost = null;
        if (old != null) {
            lost = remove(old);
            old.line().close(Farewell.SUPERSEDED);
        }
        openConnections = table.size();
        watch.connected();
        if (listener != null) listener.connected(fresh);
        tellLost(lost);
    }

    private @Nullable Outgoing remove(RealConnection half) {
        half.markClosed();
        table.remove(half.remote(), half);
        openConnections = table.size();
        return half.abandonUnanswered();
    }

    private void tellClosed(RealConnection half, CloseReason reason, @Nullable Outgoing lost) {
        if (listener != null) listener.closed(half, reason);
        tellLost(lost);
    }

    /** How long the others may believe in the connections of a killed node, unless they find out. */
    private long lingerNanos() {
        return config.idleTimeout().isZero()
                ? LONGEST_LINGER_NANOS
                : config.idleTimeout().toNanos();
    }

    private static void tellLost(@Nullable Outgoing oldest) {
        for (Outgoing each = oldest; each != null; each = each.next) each.tell();
    }

    // For those who work here

    /** Calls {@code task} on the node's thread. A thread that has been shut down has no node to tell. */
    protected final void execute(Runnable task) {
        try {
            nodeThread.execute(task);
        } catch (RejectedExecutionException e) {
            if (!down) throw e;
        }
    }

    /** What no endpoint can cope with, a lack of memory above all: thrown on the node's thread, whose owner ends the run. Any thread. */
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

    /** Whether it has been shut down without a word, so that its node hears no more. */
    protected final boolean isSilent() {
        return silent;
    }

    private static boolean isLower(NodeAddress one, NodeAddress other) {
        int order = Integer.compareUnsigned(one.ip(), other.ip());
        return order != 0 ? order < 0 : one.port() < other.port();
    }
}
