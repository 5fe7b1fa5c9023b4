package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.observe.IdentityOutcome;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One dial to one address and the wait for the identity of the node that answers, on behalf of all callers that want to connect there.
 * The wait polls the registry. When it times out, the connection is closed, and this attempt is not repeated.
 */
final class ConnectAttempt implements DialListener {

    enum State {
        DIALLING,
        IDENTIFYING,
        ENDED
    }

    /** What the testers saw as the upper end of prompt identity exchanges. */
    private static final long PROMPT_NANOS = 500_000_000L;

    private record Wish(PeerId expected, ConnectListener listener) {}

    private final Connections connections;
    private final NodeAddress address;
    private final List<Wish> wishes = new ArrayList<>(1);
    private final Runnable poll = this::poll;
    private final Consumer<@Nullable PeerId> polled = this::polled;
    private State state = State.DIALLING;
    private @Nullable Connection connection;
    private @Nullable Timer deadline;
    private final long startedNanos;
    private long dialledNanos;

    ConnectAttempt(Connections connections, NodeAddress address) {
        this.connections = connections;
        this.address = address;
        startedNanos = connections.nowNanos();
    }

    void join(PeerId expected, ConnectListener listener) {
        wishes.add(new Wish(expected, listener));
    }

    void begin() {
        connections.context().endpoint().dial(address, this);
    }

    NodeAddress address() {
        return address;
    }

    boolean isIdentifying() {
        return state == State.IDENTIFYING;
    }

    @Override
    public void dialled(Connection connection) {
        if (state != State.DIALLING) return;
        dialledNanos = connections.nowNanos();
        connections.observer().recordNanos(Metric.DIAL_LATENCY, dialledNanos - startedNanos);
        this.connection = connection;
        state = State.IDENTIFYING;
        if (connections.context().registry().identifiesAtHandshake()) {
            PeerRecord peer = connection.handshakePeer();
            if (peer == null) disconnected();
            else identified(peer.id());
            return;
        }
        deadline = connections.context().runtime().schedule(connections.identityTimeoutNanos(), this::timedOut);
        poll();
    }

    @Override
    public void dialFailed(DialFailure failure) {
        if (state != State.DIALLING) return;
        dialledNanos = connections.nowNanos();
        connections.observer().count(Metric.DIAL_FAILURES);
        end(null, RequestFailure.DIAL_FAILED);
    }

    /** Handles the end of a connection, which may be the one waited on. */
    void closed(Connection ended) {
        if (state == State.IDENTIFYING && ended == connection) disconnected();
    }

    void shutDown() {
        if (state != State.ENDED) end(null, RequestFailure.SHUT_DOWN);
    }

    private void poll() {
        Connection on = connection;
        if (state == State.IDENTIFYING && on != null)
            connections.context().registry().peerOf(on, polled);
    }

    private void polled(@Nullable PeerId peer) {
        if (state != State.IDENTIFYING) return; // timed out while the lookup waited for a lock
        if (peer != null) identified(peer);
        else connections.context().runtime().callAfter(connections.pollNanos(), poll);
    }

    private void identified(PeerId peer) {
        ended(IdentityOutcome.IDENTIFIED);
        end(peer, null);
    }

    private void disconnected() {
        ended(IdentityOutcome.DISCONNECTED);
        end(null, RequestFailure.DIAL_FAILED);
    }

    private void timedOut() {
        Connection silent = connection;
        ended(IdentityOutcome.TIMED_OUT);
        if (silent != null) connections.context().endpoint().close(silent, CloseReason.IDENTITY_TIMEOUT);
        end(null, RequestFailure.IDENTITY_TIMED_OUT);
    }

    private void ended(IdentityOutcome outcome) {
        long nanos = connections.nowNanos() - dialledNanos;
        NodeObserver observer = connections.observer();
        observer.count(Metric.IDENTITY_EXCHANGES);
        observer.recordNanos(Metric.IDENTITY_LATENCY, nanos);
        if (outcome == IdentityOutcome.IDENTIFIED && nanos > PROMPT_NANOS) observer.count(Metric.IDENTITY_BETWEEN);
        if (outcome == IdentityOutcome.TIMED_OUT) {
            observer.count(Metric.IDENTITY_TIMEOUTS, connections.context().isClient());
        }
        observer.identityEnded(outcome, nanos);
    }

    private void end(@Nullable PeerId peer, @Nullable RequestFailure failure) {
        long nowNanos = connections.nowNanos();
        long dialNanos = (state == State.DIALLING ? nowNanos : dialledNanos) - startedNanos;
        long identityNanos = state == State.IDENTIFYING ? nowNanos - dialledNanos : 0;
        state = State.ENDED;
        if (deadline != null) deadline.cancel();
        connections.forget(this);
        for (Wish wish : wishes) {
            boolean other = failure == null && (peer == null || !peer.equals(wish.expected()));
            wish.listener().connectEnded(other ? RequestFailure.WRONG_PEER : failure, dialNanos, identityNanos);
        }
    }
}
