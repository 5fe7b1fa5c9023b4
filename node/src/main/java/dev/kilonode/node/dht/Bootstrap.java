package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.PeerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the network, and rejoins it when few known peers are left. Connects to the bootstraps, looks up the node's own id and then,
 * unless the node is a client, looks up one random id in each populated prefix, one after another.
 */
final class Bootstrap {

    private enum State {
        OUTSIDE,
        CONNECTING,
        LOOKING_UP_SELF,
        FILLING,
        JOINED
    }

    /** A node that knows fewer peers than this asks its bootstraps again. */
    static final int FEW_PEERS = 3;

    static final Duration REJOIN_COOL_DOWN = Duration.ofMinutes(5);

    /** Pause before the next attempt when no bootstrap answered. */
    static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

    /** Longest prefix that is filled on joining: of 2^12 nodes, about one shares so many bits. */
    static final int DEEPEST_FILLED = 12;

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final DhtConfig config;
    private final Lookups lookups;
    private final KnownPeers knownPeers;
    private final boolean client;
    private final PeerId self;

    private State state = State.OUTSIDE;
    private List<PeerRecord> bootstraps = List.of();
    private Runnable joined = () -> {};
    private int connecting;
    private int prefix;
    private int deepest;
    private long beganNanos;

    Bootstrap(
            NodeRuntime runtime,
            Messenger messenger,
            DhtConfig config,
            Lookups lookups,
            KnownPeers knownPeers,
            boolean client) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.config = config;
        this.lookups = lookups;
        this.knownPeers = knownPeers;
        this.client = client;
        this.self = messenger.self().id();
    }

    /** @param joined called once, when the node has joined; a node without bootstraps joins at once */
    void start(List<PeerRecord> bootstraps, Runnable joined) {
        List<PeerRecord> others = new ArrayList<>(bootstraps);
        others.removeIf(peer -> peer.id().equals(self));
        this.bootstraps = List.copyOf(others);
        this.joined = joined;
        begin();
    }

    boolean joined() {
        return state == State.JOINED;
    }

    void rejoinWhenIsolated() {
        if (state != State.JOINED || knownPeers.table().size() >= FEW_PEERS || bootstraps.isEmpty()) return;
        if (runtime.nowNanos() - beganNanos >= REJOIN_COOL_DOWN.toNanos()) begin();
    }

    private void begin() {
        if (lookups.stopped()) return;
        beganNanos = runtime.nowNanos();
        state = State.CONNECTING;
        connecting = bootstraps.size();
        if (connecting == 0) lookUpSelf();
        for (PeerRecord bootstrap : bootstraps) {
            messenger.connect(bootstrap, (failure, dialNanos, identityNanos) -> {
                if (failure == null) knownPeers.met(bootstrap); // a failed dial of a bootstrap does not lower its score
                if (--connecting == 0) connectsEnded();
            });
        }
    }

    private void connectsEnded() {
        if (knownPeers.table().size() > 0) {
            lookUpSelf();
        } else {
            state = State.OUTSIDE;
            runtime.schedule(RETRY_PAUSE.toNanos(), this::begin);
        }
    }

    private void lookUpSelf() {
        state = State.LOOKING_UP_SELF;
        lookups.start(self, config.k(), result -> {
            knownPeers.connectAll(result.closest());
            state = State.FILLING;
            prefix = 0;
            deepest = client ? -1 : Math.min(DEEPEST_FILLED, knownPeers.table().deepestBucket());
            fill();
        });
    }

    private void fill() {
        if (prefix > deepest) {
            state = State.JOINED;
            Runnable callback = joined;
            joined = () -> {};
            callback.run();
            return;
        }
        PeerId target = self.randomWithSharedPrefix(prefix++, runtime.random());
        lookups.start(target, config.k(), result -> {
            knownPeers.connectAll(result.closest());
            fill();
        });
    }
}
