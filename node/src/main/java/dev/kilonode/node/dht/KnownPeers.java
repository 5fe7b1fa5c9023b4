package dev.kilonode.node.dht;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.ConnectListener;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.PeerListener;
import dev.kilonode.node.transport.RequestFailure;
import dev.kilonode.node.wire.PeerRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The peers that this node knows: the routing table, the scores that decide who may stay in it, and the set of connected peers. A peer
 * enters the table when it connects or answers, never because another peer names it.
 */
final class KnownPeers implements PeerListener {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final NodeObserver observer;
    private final RoutingTable table;
    private final PeerScore trust;
    private final int addressesPerPeer;

    /** For membership only, never iterated over; its size is the transport's number of connected peers. */
    private final Set<PeerId> connected = new HashSet<>();

    KnownPeers(
            NodeRuntime runtime,
            Messenger messenger,
            DhtConfig config,
            IdentityConfig identity,
            NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.observer = observer;
        this.table = new RoutingTable(
                messenger.self().id(), config.k(), config.staleAfter().toNanos(), runtime.nowNanos());
        this.trust = new PeerScore(identity);
        this.addressesPerPeer = config.addressesPerPeer();
    }

    RoutingTable table() {
        return table;
    }

    PeerScore trust() {
        return trust;
    }

    int connectedPeers() {
        return connected.size();
    }

    @Override
    public void peerConnected(PeerRecord peer, boolean client) {
        connected.add(peer.id());
        table.setConnected(peer.id(), true);
        if (client) return;
        met(peer);
        noteAddress(peer);
    }

    /** Records a new address of a peer; its former addresses are kept, newest first, up to the limit. */
    private void noteAddress(PeerRecord peer) {
        PeerRecord known = table.find(peer.id());
        if (known == null || known.address().equals(peer.address())) return;
        table.replace(peer.after(known, addressesPerPeer - 1));
    }

    @Override
    public void peerDisconnected(PeerId peer) {
        connected.remove(peer);
        table.setConnected(peer, false);
    }

    /** Records that a peer answered a request. */
    void answered(PeerRecord peer) {
        trust.reward(peer.id(), runtime.nowNanos());
        met(peer);
    }

    /** Records that a request or a dial failed. The peer's score falls unless this node caused the failure. */
    void failed(PeerRecord peer, @Nullable RequestFailure failure) {
        if (failure == RequestFailure.TOO_MANY_REQUESTS || failure == RequestFailure.SHUT_DOWN) return;
        if (trust.penalize(peer.id(), runtime.nowNanos()) && table.remove(peer.id())) observer.count(Metric.EVICTIONS);
    }

    /** Dials the peers that are not connected. Most are neighbours, for which the table has the answer without reading the peer. */
    void connectAll(List<PeerRecord> peers) {
        PeerId self = messenger.self().id();
        NearestPeers nearest = peers instanceof NearestPeers n ? n : null;
        long apart = nearest == null ? 0 : self.distancePrefix(nearest.target);
        for (int i = 0; i < peers.size(); i++) {
            PeerRecord peer = peers.get(i);
            long distance = nearest == null ? self.distancePrefix(peer.id()) : nearest.distances[i] ^ apart;
            if (table.isConnected(peer, distance) || connected.contains(peer.id())) continue;
            messenger.connect(peer, scoring(peer));
        }
    }

    private ConnectListener scoring(PeerRecord peer) {
        return (failure, dialNanos, identityNanos) -> {
            if (failure == null) met(peer);
            else failed(peer, failure);
        };
    }

    /** Adds a node that is connected or has answered. It may have been barred when it connected, and no longer be barred. */
    void met(PeerRecord peer) {
        long now = runtime.nowNanos();
        if (table.touch(peer.id(), now)) return;
        if (trust.admits(peer.id(), now) && table.add(peer, now) && connected.contains(peer.id())) {
            table.setConnected(peer.id(), true);
        }
    }
}
