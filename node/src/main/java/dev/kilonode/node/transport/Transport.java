package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.lock.AsyncReadWriteLock;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.registry.RegistryVisitor;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node's transport: receive queue, dispatcher, shards, registry, handlers, requests and connections, wired together. {@link
 * #invariantsHold} checks its invariants. On the node's thread.
 */
public final class Transport implements Messenger {

    private final Endpoint endpoint;
    private final NodeObserver observer;
    private final PeerRecord self;
    private final PeerRegistry registry;
    private final TransportContext context;
    private final Refusals refusals;
    private final Shard[] shards;
    private final Dispatcher dispatcher;
    private final MessageRouter router;
    private final RequestTable requests;
    private final Connections connections;
    private final InboundConnections inboundConnections;
    private final List<PeerListener> peerListeners = new ArrayList<>();

    /**
     * Starts to listen to {@code endpoint} at once.
     *
     * @param client whether this node is a client; each message says so
     * @param designs registry and dispatch; they replace the names in {@code config}
     */
    public Transport(
            NodeRuntime runtime,
            Endpoint endpoint,
            MessageSigner signer,
            boolean client,
            TransportDesigns designs,
            TransportConfig config,
            IdentityConfig identity,
            NodeObserver observer) {
        this.endpoint = endpoint;
        this.observer = observer;
        self = new PeerRecord(signer.self(), endpoint.localAddress());
        registry = designs.registry().create(runtime, endpoint, observer, new PeerFanOut());
        context = new TransportContext(runtime, endpoint, signer, registry, client);
        refusals = new Refusals(endpoint, observer);
        requests = new RequestTable(runtime, observer, config.maxRequests());
        connections = new Connections(context, identity, observer);
        shards = new Shard[registry.consumers(config.shards())];
        Sharding sharding = new Sharding(designs.dispatch(), shards.length);
        int queues = Shard.queueOf(shards.length);
        QueueCounterTable accounts = new QueueCounterTable(queues + 3);
        int events = config.eventCapacity();
        int reads = config.peerReadsPerDhtMessage();
        router = new MessageRouter(
                connections,
                requests,
                new HandlerPool(
                        runtime, observer, registry, sharding, events, config.dhtHandlers(), reads, accounts, queues),
                new HandlerPool(
                        runtime, observer, registry, sharding, events, config.chunkHandlers(), 0, accounts, queues + 1),
                new HandlerPool(runtime, observer, registry, sharding, events, 1, 0, accounts, queues + 2));
        int slots = Math.max(config.receiveCapacity() / shards.length, config.minShardCapacity());
        for (int i = 0; i < shards.length; i++) {
            PeerRegistry.Registrar registrar = registry.newRegistrar();
            shards[i] = new Shard(i, slots, config, runtime, signer, observer, refusals, registrar, router, accounts);
        }
        dispatcher = new Dispatcher(config, runtime, observer, refusals, sharding, shards, accounts);
        inboundConnections =
                new InboundConnections(config, runtime, context, connections, dispatcher, sharding, observer);
        endpoint.listen(inboundConnections);
    }

    // For the protocols above

    @Override
    public PeerRecord self() {
        return self;
    }

    @Override
    public void subscribe(Topic topic, MessageHandler handler) {
        pool(topic).subscribe(handler);
    }

    @Override
    public void addPeerListener(PeerListener listener) {
        peerListeners.add(listener);
    }

    @Override
    public void connect(PeerRecord peer, ConnectListener listener) {
        connections.connect(peer, listener);
    }

    @Override
    public void send(PeerId peer, Message message, @Nullable SendListener listener) {
        new OutboundMessage(context, peer, message, listener).begin();
    }

    @Override
    public void request(PeerRecord peer, Message request, long timeoutNanos, RequestListener listener) {
        OutboundRequest call = new OutboundRequest(context, requests, observer, peer, request, timeoutNanos, listener);
        if (context.isClosed()) call.refuse(RequestFailure.SHUT_DOWN);
        else if (!requests.begin(call)) call.refuse(RequestFailure.TOO_MANY_REQUESTS);
        else connections.connect(peer, call);
    }

    @Override
    public void readPeers(int times, Runnable then) {
        registry.readPeers(times, then);
    }

    @Override
    public long nextRequestId() {
        return requests.nextId();
    }

    /**
     * Leaves the network: requests and dials end with {@link RequestFailure#SHUT_DOWN}, waiting messages are counted as dropped, timers
     * are cancelled. What is being processed at this moment finishes without effect.
     *
     * @param abrupt as in {@link Endpoint#shutdown}
     */
    public void shutdown(boolean abrupt) {
        if (context.isClosed()) return;
        context.close();
        inboundConnections.shutdown();
        dispatcher.shutdown();
        for (Shard shard : shards) shard.shutdown();
        router.shutdown();
        connections.shutdown();
        requests.shutdown();
        endpoint.shutdown(abrupt);
    }

    // For collectors of metrics

    /** Number of shards, which is the number of consumers that the registry's design feeds. */
    public int shardCount() {
        return shards.length;
    }

    public Shard shard(int index) {
        return shards[index];
    }

    /** Number of frames in the queues of all shards. */
    public int shardDepth() {
        int depth = 0;
        for (Shard shard : shards) depth += shard.depth();
        return depth;
    }

    /** Number of frames in the receive queue. */
    public int receiveDepth() {
        return dispatcher.depth();
    }

    /** Number of frames that found the receive queue full and retry. */
    public int receiveRetries() {
        return dispatcher.retries();
    }

    /** Number of open connections that this node does not read, for now or for good. */
    public int unreadConnections() {
        return inboundConnections.unread();
    }

    /** Number of accepted connections that wait for the accept loop. */
    public int acceptsWaiting() {
        return inboundConnections.handOffDepth();
    }

    /** Number of addresses whose last connection timed out idle, so that their next one will be suppressed. */
    public int silentAddresses() {
        return inboundConnections.silentAddresses();
    }

    public QueueCounters receiveAccount() {
        return dispatcher.account();
    }

    /** @param topic any but {@link Topic#IDENTITY}, which has no handler */
    public HandlerPool pool(Topic topic) {
        return router.pool(topic);
    }

    /** Number of frames dropped so far because their shard was full: the counter that the testnet logged. */
    public long totalDrops() {
        return dispatcher.shardDrops();
    }

    public Refusals refusals() {
        return refusals;
    }

    /** Number of requests under way. */
    public int pendingRequests() {
        return requests.size();
    }

    /** Number of replies that came after their request had timed out. */
    public long lateReplies() {
        return requests.late();
    }

    /** Number of replies from peers that had not been asked. */
    public long misplacedReplies() {
        return requests.misplaced();
    }

    /** Number of announces that wait to be sent. */
    public int announcesWaiting() {
        return connections.announcer().waiting();
    }

    /** Number of announces dropped because too many waited. */
    public long announcesDropped() {
        return connections.announcer().dropped();
    }

    /** Number of dials and identity waits under way. */
    public int connectsUnderWay() {
        return connections.attempts();
    }

    /** Number of connections whose peer is not identified yet. */
    public int identityWaits() {
        return connections.identityWaits();
    }

    /** Time for which the peer map has been write-locked since the node started, in nanoseconds. */
    public long peersWriteHeldNanos() {
        return registry.peersWriteHeldNanos();
    }

    /** Number of peers that count as connected. */
    public int peerCount() {
        return registry.peerCount();
    }

    // For the invariants of a run

    /** As {@link PeerRegistry#enumerate}; channels with events or messages under way count as changing. */
    public boolean enumerateRegistry(RegistryVisitor visitor) {
        inboundConnections.forEachPending(connection -> visitor.changing(connection.remote()));
        for (Shard shard : shards) {
            Connection recording = shard.recording();
            if (recording != null) visitor.changing(recording.remote());
        }
        return registry.enumerate(visitor);
    }

    /** As {@link PeerRegistry#forEachLock}. */
    public void forEachLock(Consumer<AsyncReadWriteLock> visitor) {
        registry.forEachLock(visitor);
    }

    /** As {@link PeerRegistry#identifiesAtHandshake}. */
    public boolean identifiesAtHandshake() {
        return registry.identifiesAtHandshake();
    }

    /** The id of the latest request. Ids ascend by one. */
    public long lastRequestId() {
        return requests.lastId();
    }

    /** The id of the oldest request under way; one more than {@link #lastRequestId} if there is none. */
    public long oldestRequestId() {
        return requests.oldestId();
    }

    /** Whether every queue, lock and table agrees with its counters. */
    public boolean invariantsHold() {
        for (Shard shard : shards) {
            if (!shard.invariantsHold()) return false;
        }
        return dispatcher.invariantsHold()
                && inboundConnections.invariantsHold()
                && router.invariantsHold()
                && requests.invariantsHold()
                && connections.announcer().invariantsHold()
                && registry.invariantsHold();
    }

    /** Forwards the registry's events. */
    private final class PeerFanOut implements PeerRegistry.Listener {

        @Override
        public void peerConnected(PeerId peer, Connection connection, boolean client) {
            if (context.isClosed()) return;
            PeerRecord shared = connection.handshakePeer();
            boolean same = shared != null && shared.id().equals(peer);
            PeerRecord record = shared != null && same ? shared : new PeerRecord(peer, connection.remote());
            for (PeerListener listener : peerListeners) listener.peerConnected(record, client);
        }

        @Override
        public void peerDisconnected(PeerId peer) {
            if (context.isClosed()) return;
            for (PeerListener listener : peerListeners) listener.peerDisconnected(peer);
        }
    }
}
