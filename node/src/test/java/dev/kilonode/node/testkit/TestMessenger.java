package dev.kilonode.node.testkit;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.transport.ConnectListener;
import dev.kilonode.node.transport.MessageHandler;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.PeerListener;
import dev.kilonode.node.transport.RequestFailure;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One peer's transport in a {@link TestNetwork}: dial, identity, requests with time-outs; no queues, no locks. */
public final class TestMessenger implements Messenger {

    private record Pending(
            PeerRecord peer,
            RequestListener listener,
            Timer timeout,
            long sentNanos,
            long dialNanos,
            long identityNanos) {}

    private final TestNetwork network;
    private final VirtualClock clock;
    private final PeerRecord self;
    private final boolean client;
    private final Map<Topic, MessageHandler> handlers = new EnumMap<>(Topic.class);
    private final List<PeerListener> listeners = new ArrayList<>();
    private final Set<PeerId> connected = new LinkedHashSet<>();
    private final Map<Long, Pending> pending = new HashMap<>();

    private long lastRequestId;
    private int mostOutstanding;
    private int dials;
    private long peerReads;

    TestMessenger(TestNetwork network, PeerRecord self, boolean client) {
        this.network = network;
        this.clock = network.clock();
        this.self = self;
        this.client = client;
    }

    @Override
    public PeerRecord self() {
        return self;
    }

    @Override
    public void subscribe(Topic topic, MessageHandler handler) {
        if (handlers.put(topic, handler) != null) throw new IllegalStateException(topic + " has a handler");
    }

    @Override
    public void addPeerListener(PeerListener listener) {
        listeners.add(listener);
    }

    @Override
    public void connect(PeerRecord peer, ConnectListener listener) {
        PeerId id = peer.id();
        if (connected.contains(id)) {
            clock.schedule(0, () -> listener.connectEnded(null, 0, 0));
            return;
        }
        dials++;
        long trip = 2 * network.latencyTo(id);
        TestMessenger other = network.peer(id);
        if (other == null || network.behaviourOf(id) == Behaviour.DEAD) {
            long dial = TestNetwork.DIAL_TIMEOUT_NANOS;
            clock.schedule(dial, () -> listener.connectEnded(RequestFailure.DIAL_FAILED, dial, 0));
        } else if (network.behaviourOf(id) == Behaviour.NAMELESS) {
            long identity = TestNetwork.IDENTITY_TIMEOUT_NANOS;
            clock.schedule(
                    trip + identity, () -> listener.connectEnded(RequestFailure.IDENTITY_TIMED_OUT, trip, identity));
        } else {
            clock.schedule(2 * trip, () -> {
                if (!connected.contains(id)) network.link(this, other);
                listener.connectEnded(null, trip, trip);
            });
        }
    }

    @Override
    public void send(PeerId peer, Message message, @Nullable SendListener listener) {
        if (connected.contains(peer)) {
            network.deliver(self, peer, message);
            if (listener != null) clock.schedule(2 * network.latencyTo(peer), listener::acknowledged);
        } else if (listener != null) {
            clock.schedule(0, listener::sendFailed);
        }
    }

    @Override
    public void request(PeerRecord peer, Message request, long timeoutNanos, RequestListener listener) {
        connect(peer, (failure, dialNanos, identityNanos) -> {
            if (failure != null) {
                listener.requestEnded(new RequestResult(peer, null, failure, dialNanos, identityNanos, 0));
                return;
            }
            long id = request.requestId();
            Timer timeout = clock.schedule(timeoutNanos, () -> {
                pending.remove(id);
                listener.requestEnded(new RequestResult(
                        peer, null, RequestFailure.REPLY_TIMED_OUT, dialNanos, identityNanos, timeoutNanos));
            });
            pending.put(id, new Pending(peer, listener, timeout, clock.nowNanos(), dialNanos, identityNanos));
            mostOutstanding = Math.max(mostOutstanding, pending.size());
            network.deliver(self, peer.id(), request);
        });
    }

    @Override
    public void readPeers(int times, Runnable then) {
        peerReads += times;
        clock.schedule(0, then);
    }

    /** Times the map of peers was read. */
    public long peerReads() {
        return peerReads;
    }

    @Override
    public long nextRequestId() {
        return ++lastRequestId;
    }

    /** Loses the connection to {@code peer} at this end. */
    public void disconnect(PeerId peer) {
        if (!connected.remove(peer)) return;
        for (PeerListener listener : listeners) listener.peerDisconnected(peer);
    }

    public boolean isConnected(PeerId peer) {
        return connected.contains(peer);
    }

    /** Most requests that were waiting for replies at one time. */
    public int mostOutstanding() {
        return mostOutstanding;
    }

    /** Dials begun. */
    public int dials() {
        return dials;
    }

    void connectedTo(TestMessenger other) {
        connected.add(other.self.id());
        for (PeerListener listener : listeners) listener.peerConnected(other.self, other.client);
    }

    void receive(PeerRecord from, Message message) {
        if (message.kind().isReply()) {
            Pending request = pending.remove(message.requestId());
            if (request == null) return;
            request.timeout.cancel();
            long replyNanos = clock.nowNanos() - request.sentNanos;
            request.listener.requestEnded(new RequestResult(
                    request.peer, message, null, request.dialNanos, request.identityNanos, replyNanos));
            return;
        }
        MessageHandler handler = handlers.get(message.kind().topic());
        if (handler != null) handler.handle(from.id(), message, () -> {});
    }
}
