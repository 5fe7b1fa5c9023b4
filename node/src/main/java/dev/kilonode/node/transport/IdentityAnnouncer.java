package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.observe.AnnounceOutcome;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.IdentityAnnounce;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Announces this node on each new connection, one after another, as the connection monitor of the system studied does. The next announce
 * waits until the peer map has been read, the announce signed, and its frame acknowledged or failed. Invariant: {@code offered = taken +
 * dropped + waiting}. When the queue is full, the oldest connection is dropped, as connection events are.
 */
final class IdentityAnnouncer extends SerialConsumer implements Work, SendListener {

    enum State {
        IDLE,
        READING_PEERS,
        SIGNING,
        SENDING
    }

    /** Most connection events that wait for the monitor. */
    static final int CAPACITY = 256;

    private final TransportContext context;
    private final NodeObserver observer;
    private final ArrayDeque<Connection> waiting = new ArrayDeque<>();
    private final Runnable peersRead = this::peersRead;
    private final Runnable signed = this::signed;

    private State state = State.IDLE;
    private @Nullable Connection connection;
    private @Nullable Frame frame;
    private @Nullable Runnable whenIdle;
    private long unixSeconds;
    private long offered;
    private long taken;
    private long dropped;
    private long failed;

    IdentityAnnouncer(TransportContext context, NodeObserver observer) {
        this.context = context;
        this.observer = observer;
    }

    void announceOn(Connection connection) {
        offered++;
        if (context.isClosed()) {
            drop();
            return;
        }
        if (waiting.size() == CAPACITY) {
            waiting.remove();
            drop();
        }
        waiting.add(connection);
        consume();
    }

    /** Calls {@code then} once, as soon as no announce is under way or waiting; at once if that is so now. */
    void whenIdle(Runnable then) {
        if (whenIdle != null) throw new IllegalStateException("a callback is set already");
        if (state == State.IDLE && waiting.isEmpty()) then.run();
        else whenIdle = then;
    }

    int waiting() {
        return waiting.size();
    }

    long offered() {
        return offered;
    }

    /** Number of announces dropped because the queue was full or the node shut down. */
    long dropped() {
        return dropped;
    }

    /** Number of announces whose frame was not acknowledged. */
    long failed() {
        return failed;
    }

    boolean invariantsHold() {
        return offered == taken + dropped + waiting.size() && waiting.size() <= CAPACITY;
    }

    void shutdown() {
        while (waiting.poll() != null) drop();
    }

    private void drop() {
        dropped++;
        observer.count(Metric.ANNOUNCES, AnnounceOutcome.NOT_SENT);
    }

    @Override
    boolean beginNext() {
        if (state != State.IDLE || waiting.isEmpty()) return false;
        Connection next = waiting.remove();
        taken++;
        if (next.isOpen()) {
            connection = next;
            state = State.READING_PEERS;
            context.registry().readPeers(1, peersRead);
        } else {
            observer.count(Metric.ANNOUNCES, AnnounceOutcome.NOT_SENT);
        }
        return true;
    }

    private void peersRead() {
        if (context.isClosed()) return;
        state = State.SIGNING;
        unixSeconds = context.runtime().unixSeconds();
        context.runtime().run(this, signed);
    }

    @Override
    public WorkKind kind() {
        return WorkKind.SIGN;
    }

    @Override
    public long bytes() {
        return context.signer().sizeOf(IdentityAnnounce.INSTANCE);
    }

    @Override
    public void compute() {
        frame = context.signer().seal(IdentityAnnounce.INSTANCE, context.isClient(), unixSeconds);
    }

    private void signed() {
        Connection to = connection;
        if (to == null || context.isClosed()) return;
        if (frame == null) compute();
        Frame sealed = frame;
        if (sealed == null) throw new IllegalStateException("sealed nothing");
        frame = null;
        state = State.SENDING;
        context.endpoint().send(to, sealed, this);
    }

    @Override
    public void acknowledged() {
        observer.count(Metric.ANNOUNCES, AnnounceOutcome.ACKNOWLEDGED);
        next();
    }

    /** Only counted: as in the system studied, the connection stays open. */
    @Override
    public void sendFailed() {
        failed++;
        observer.count(Metric.ANNOUNCES, AnnounceOutcome.UNACKNOWLEDGED);
        next();
    }

    private void next() {
        if (state != State.SENDING) return;
        state = State.IDLE;
        connection = null;
        consume();
        Runnable then = whenIdle;
        if (then == null || state != State.IDLE) return;
        whenIdle = null;
        then.run();
    }
}
