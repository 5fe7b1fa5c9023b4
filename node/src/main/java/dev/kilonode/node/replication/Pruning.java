package dev.kilonode.node.replication;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.store.ChunkStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Removes chunks that this node is no longer responsible for, after a delay. Scans the routing table for every chunk held. */
final class Pruning {

    private final NodeRuntime runtime;
    private final ChunkStore store;
    private final Hints hints;
    private final long afterNanos;
    private final NodeObserver observer;

    /** Stored chunks that this node is not responsible for, and since when; never more than are stored. */
    private final Map<PeerId, Long> othersSinceNanos = new LinkedHashMap<>();

    Pruning(NodeRuntime runtime, ChunkStore store, Hints hints, ReplicationConfig.Sync config, NodeObserver observer) {
        this.runtime = runtime;
        this.store = store;
        this.hints = hints;
        this.afterNanos = config.pruneAfter().toNanos();
        this.observer = observer;
    }

    void run() {
        runtime.run(WorkKind.SCAN, hints.scanBytes(store.size()), this::prune);
    }

    private void prune() {
        long nowNanos = runtime.nowNanos();
        List<PeerId> gone = new ArrayList<>();
        for (PeerId chunk : store.addresses()) {
            if (!hints.isOthers(chunk)) {
                othersSinceNanos.remove(chunk);
            } else {
                Long since = othersSinceNanos.putIfAbsent(chunk, nowNanos);
                if (since != null && nowNanos - since >= afterNanos) gone.add(chunk);
            }
        }
        for (PeerId chunk : gone) {
            othersSinceNanos.remove(chunk);
            if (store.remove(runtime, chunk)) observer.count(Metric.PRUNED);
        }
    }
}
