package dev.kilonode.node.replication;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Selects the keys known here that concern a neighbour: stored chunks that it should hold too, and payments that it should know. As in
 * the system studied, the whole routing table is scanned once per key, so the work grows with the number of chunks; and for every key
 * this node's own record is built anew, which reads the peer map.
 */
final class Hints {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final Dht dht;
    private final ChunkStore store;
    private final PaidChunks paid;
    private final ReplicationConfig config;
    private final NodeObserver observer;

    Hints(
            NodeRuntime runtime,
            Messenger messenger,
            Dht dht,
            ChunkStore store,
            PaidChunks paid,
            ReplicationConfig config,
            NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.dht = dht;
        this.store = store;
        this.paid = paid;
        this.config = config;
        this.observer = observer;
    }

    /** @param then gets the keys of chunks, then those of payments */
    void build(PeerId neighbour, BiConsumer<List<PeerId>, List<PeerId>> then) {
        int keys = store.size() + paid.size();
        long begunNanos = runtime.nowNanos();
        int reads =
                (int) Math.min(Integer.MAX_VALUE, (long) keys * config.sync().peerReadsPerKey());
        Runnable scan = () -> runtime.run(WorkKind.SCAN, scanBytes(keys), () -> {
            List<PeerId> replicas = concerning(neighbour, store.addresses(), config.copies());
            List<PeerId> payments = concerning(neighbour, paid.chunks(), config.paidNotifies());
            observer.record(Metric.HINT_KEYS, keys);
            observer.recordNanos(Metric.HINT_LATENCY, runtime.nowNanos() - begunNanos);
            then.accept(replicas, payments);
        });
        if (reads == 0) scan.run();
        else messenger.readPeers(reads, scan);
    }

    /** Bytes read by scanning the routing table once per key. */
    long scanBytes(int keys) {
        return (long) keys * dht.tableSize() * PeerId.BYTES;
    }

    /** Whether the {@code copies} nodes closest to {@code key}, as far as the routing table knows, do not include this node. */
    boolean isOthers(PeerId key) {
        List<PeerRecord> closest = dht.closest(key, config.copies());
        return closest.size() >= config.copies()
                && key.compareDistance(
                                closest.get(closest.size() - 1).id(),
                                messenger.self().id())
                        < 0;
    }

    private List<PeerId> concerning(PeerId neighbour, Set<PeerId> keys, int group) {
        List<PeerId> found = new ArrayList<>();
        for (PeerId key : keys) {
            if (names(dht.closest(key, group), neighbour)) found.add(key);
        }
        return found;
    }

    static boolean names(List<PeerRecord> peers, PeerId peer) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).id().equals(peer)) return true;
        }
        return false;
    }
}
