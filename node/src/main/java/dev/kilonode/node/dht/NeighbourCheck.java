package dev.kilonode.node.dht;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.DhtMessage.Ping;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Pings those of the K closest peers that have been silent for too long, all at once, and removes those that do not answer. Closed loop:
 * while pings are outstanding it sends no others.
 */
final class NeighbourCheck implements RequestListener {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final DhtConfig config;
    private final KnownPeers knownPeers;

    private int underWay;

    NeighbourCheck(NodeRuntime runtime, Messenger messenger, DhtConfig config, KnownPeers knownPeers) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.config = config;
        this.knownPeers = knownPeers;
    }

    void run() {
        if (underWay > 0) return;
        RoutingTable table = knownPeers.table();
        long silentSinceNanos = runtime.nowNanos() - config.staleAfter().toNanos();
        List<PeerRecord> silent = new ArrayList<>();
        for (int rank = 0; rank < Math.min(config.k(), table.size()); rank++) {
            if (table.seenNanos(rank) <= silentSinceNanos) silent.add(table.nearest(rank));
        }
        underWay = silent.size();
        for (PeerRecord peer : silent) {
            messenger.request(
                    peer,
                    new Ping(messenger.nextRequestId()),
                    config.requestTimeout().toNanos(),
                    this);
        }
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        underWay--;
        if (exchange.failure() == null) {
            knownPeers.answered(exchange.peer());
        } else {
            knownPeers.failed(exchange.peer(), exchange.failure());
            knownPeers.table().remove(exchange.peer().id());
        }
    }
}
