package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.DropSource;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.Metrics;
import dev.kilonode.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the drops of each node, writes its warnings about them, and keeps a random sample of single drops over the whole run, drawn from a random stream of its own.
 * Memory does not grow with the run. Called on any node thread.
 */
final class DropRecorder implements DropListener, DropSource {

    private static final class NodeDrops {
        private final String name;
        private final long[] byCause = new long[DropCause.values().length];
        private final long[] byKind = new long[MessageKind.values().length + 1];
        private final long firstMs;
        private long lastMs;
        private long count;

        NodeDrops(int node, long nowMs) {
            name = node == NodeRecorder.CLIENT ? "client" : "node-" + node;
            firstMs = nowMs;
        }

        NodeDropsRow row() {
            int kind = most(byKind);
            return new NodeDropsRow(
                    name,
                    count,
                    firstMs,
                    lastMs,
                    DropCause.values()[most(byCause)].label(),
                    kind == byKind.length - 1 ? "" : MessageKind.values()[kind].label());
        }

        private static int most(long[] counts) {
            int most = 0;
            for (int i = 1; i < counts.length; i++) {
                if (counts[i] > counts[most]) most = i;
            }
            return most;
        }
    }

    private final World world;
    private final ReservoirSample<DropRow> sample;

    private final DropWarnings warnings = new DropWarnings();

    /** By number, clients first; null for a node without drops. */
    private final @Nullable NodeDrops[] nodes;

    DropRecorder(World world, Scenario scenario) {
        this.world = world;
        nodes = new NodeDrops[scenario.nodes().count() - NodeRecorder.CLIENT];
        sample = new ReservoirSample<>(
                capacity(scenario.metrics(), scenario.duration()), world.seeds().stream("drop-sample"));
    }

    private static int capacity(Metrics config, Duration duration) {
        double most = Math.ceil(config.dropSamples().perSecond() * duration.toNanos() / 1e9);
        return (int) Math.min(config.dropSampleCap(), most);
    }

    @Override
    public synchronized void dropped(
            int node, int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
        long nowMs = world.nowNanos() / 1_000_000;
        NodeDrops at = nodes[node - NodeRecorder.CLIENT];
        if (at == null) nodes[node - NodeRecorder.CLIENT] = at = new NodeDrops(node, nowMs);
        at.count++;
        at.lastMs = Math.max(at.lastMs, nowMs);
        at.byCause[cause.ordinal()]++;
        at.byKind[kind == null ? at.byKind.length - 1 : kind.ordinal()]++;
        warnings.dropped(nowMs, at.name, at.count, shard, cause, kind, source);
        int place = sample.place();
        if (place < 0) return;
        String host = source.toString();
        sample.keep(
                place,
                new DropRow(
                        nowMs,
                        at.name,
                        shard,
                        cause.label(),
                        kind == null ? "" : kind.label(),
                        host.substring(0, host.indexOf(':'))));
    }

    @Override
    public synchronized long total() {
        return sample.offered();
    }

    @Override
    public synchronized List<DropRow> sample() {
        return sample.items();
    }

    @Override
    public synchronized List<String> warnings() {
        return warnings.lines();
    }

    @Override
    public synchronized List<NodeDropsRow> byNode() {
        List<NodeDropsRow> rows = new ArrayList<>();
        for (NodeDrops node : nodes) {
            if (node != null) rows.add(node.row());
        }
        return rows;
    }
}
