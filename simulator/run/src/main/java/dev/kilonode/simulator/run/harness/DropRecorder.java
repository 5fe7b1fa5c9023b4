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
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the drops of each node, writes its warnings about them, and keeps a random sample of single drops over the whole run, drawn from a
 * random stream of its own. Loops note their drops; the harness records them in order of time, several times a window. Memory does not grow
 * with the run: what loops note is at most what arrives between two of these moments.
 */
final class DropRecorder implements DropSource {

    private record Drop(
            long nowNanos,
            int node,
            int shard,
            DropCause cause,
            @Nullable MessageKind kind,
            NodeAddress source) {}

    /** The drops of one loop that are not recorded yet. */
    private final class LoopDrops implements DropListener {

        private final int loop;
        private final List<Drop> noted = new ArrayList<>();

        LoopDrops(int loop) {
            this.loop = loop;
        }

        @Override
        public void dropped(int node, int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
            noted.add(new Drop(world.nowNanos(loop), node, shard, cause, kind, source));
        }
    }

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
    private final List<LoopDrops> loops = new ArrayList<>();

    /** By number, clients first; null for a node without drops. */
    private final @Nullable NodeDrops[] nodes;

    DropRecorder(World world, Scenario scenario) {
        this.world = world;
        nodes = new NodeDrops[scenario.nodes().count() - NodeRecorder.CLIENT];
        sample = new ReservoirSample<>(
                capacity(scenario.metrics(), scenario.duration()), world.seeds().stream("drop-sample"));
        for (int loop = 0; loop < world.loops(); loop++) loops.add(new LoopDrops(loop));
    }

    /** Receives the drops of the nodes on one loop, on its thread. */
    DropListener of(int loop) {
        return loops.get(loop);
    }

    /** Records what the loops have noted. On the thread of the harness, while no node runs. */
    synchronized void record() {
        List<Drop> drops = new ArrayList<>();
        for (LoopDrops loop : loops) {
            drops.addAll(loop.noted);
            loop.noted.clear();
        }
        drops.sort(Comparator.comparingLong(Drop::nowNanos)); // stable: those of a loop stay in order
        drops.forEach(this::record);
    }

    private static int capacity(Metrics config, Duration duration) {
        double most = Math.ceil(config.dropSamples().perSecond() * duration.toNanos() / 1e9);
        return (int) Math.min(config.dropSampleCap(), most);
    }

    private void record(Drop drop) {
        long nowMs = drop.nowNanos / 1_000_000;
        NodeDrops at = nodes[drop.node - NodeRecorder.CLIENT];
        if (at == null) nodes[drop.node - NodeRecorder.CLIENT] = at = new NodeDrops(drop.node, nowMs);
        MessageKind kind = drop.kind;
        at.count++;
        at.lastMs = Math.max(at.lastMs, nowMs);
        at.byCause[drop.cause.ordinal()]++;
        at.byKind[kind == null ? at.byKind.length - 1 : kind.ordinal()]++;
        warnings.dropped(nowMs, at.name, at.count, drop.shard, drop.cause, kind, drop.source);
        int place = sample.place();
        if (place < 0) return;
        String host = drop.source.toString();
        sample.keep(
                place,
                new DropRow(
                        nowMs,
                        at.name,
                        drop.shard,
                        drop.cause.label(),
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
