package dev.kilonode.simulator.harness;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.reports.run.DropRow;
import dev.kilonode.simulator.metrics.DropListener;
import dev.kilonode.simulator.scenario.Metrics;
import dev.kilonode.simulator.world.World;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes single drops, no more often than the scenario allows and no more than it allows in all; totals are kept elsewhere. Any thread that nodes
 * live on.
 */
final class DropSampler implements DropListener {

    private final World world;
    private final Consumer<DropRow> sink;
    private final long gapNanos;
    private int left;
    private volatile long nextNanos;

    DropSampler(World world, Metrics config, Consumer<DropRow> sink) {
        this.world = world;
        this.sink = sink;
        double perSecond = config.dropSamples().perSecond();
        gapNanos = perSecond == 0 ? Long.MAX_VALUE / 2 : (long) (1e9 / perSecond);
        left = perSecond == 0 ? 0 : config.dropSampleCap();
        if (left == 0) nextNanos = Long.MAX_VALUE;
    }

    @Override
    public void dropped(int node, int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
        long nowNanos = world.nowNanos();
        if (nowNanos < nextNanos || !claim(nowNanos)) return;
        String host = source.toString();
        DropRow row = new DropRow(
                nowNanos / 1_000_000,
                node < 0 ? "client" : "node-" + node,
                shard,
                cause.label(),
                kind == null ? "" : kind.label(),
                host.substring(0, host.indexOf(':')));
        world.tell(() -> sink.accept(row));
    }

    /** Of two threads that drop something at once, one may write it. */
    private synchronized boolean claim(long nowNanos) {
        if (nowNanos < nextNanos) return false;
        left--;
        nextNanos = left == 0 ? Long.MAX_VALUE : nowNanos + gapNanos;
        return true;
    }
}
