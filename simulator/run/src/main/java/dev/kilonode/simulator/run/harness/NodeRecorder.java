package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Adds the counts and measurements of one node, over all its lives, to the metrics of its thread. */
final class NodeRecorder implements NodeObserver {

    /** The number used for all clients. */
    static final int CLIENT = -1;

    private final MetricSet metrics;
    private final int node;
    private final boolean client;
    private final DropListener dropListener;
    private final BiConsumer<PeerId, List<PeerId>> acknowledged;
    private long drops;

    /**
     * @param node number of the node, or {@link #CLIENT}
     * @param dropListener receives every drop
     */
    NodeRecorder(MetricSet metrics, int node, DropListener dropListener) {
        this(metrics, node, dropListener, (address, holders) -> {});
    }

    /** @param acknowledged receives the chunks of uploads that a quorum has acknowledged, with its holders */
    NodeRecorder(
            MetricSet metrics, int node, DropListener dropListener, BiConsumer<PeerId, List<PeerId>> acknowledged) {
        this.acknowledged = acknowledged;
        this.metrics = metrics;
        this.node = node;
        this.client = node == CLIENT;
        this.dropListener = dropListener;
    }

    /** Messages that this node has lost since the start of the run, over all its lives. */
    long drops() {
        return drops;
    }

    @Override
    public void add(Metric metric, int label, long events) {
        if (client && metric.source() == MetricSource.STORAGE_NODE) return;
        metrics.add(metric, label, events);
    }

    @Override
    public void recordNanos(Metric metric, int label, long nanos, int times) {
        metrics.recordNanos(metric, label, nanos, times);
    }

    @Override
    public void record(Metric metric, double value) {
        metrics.record(metric, value);
    }

    @Override
    public void chunkAcknowledged(PeerId address, List<PeerId> holders) {
        acknowledged.accept(address, holders);
    }

    @Override
    public void dropped(int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
        drops++;
        metrics.count(Metric.DROPS, cause.ordinal(), shard);
        countMessage(Metric.DROPS_BY_KIND, kind);
        dropListener.dropped(node, shard, cause, kind, source);
    }
}
