package dev.kilonode.simulator.harness;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.reports.run.DropRow;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.metrics.DropListener;
import dev.kilonode.simulator.scenario.Metrics;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes single drops, no more often than the scenario allows and no more than it allows in all; totals are kept elsewhere. */
final class DropSampler implements DropListener {

    private final Engine engine;
    private final Consumer<DropRow> sink;
    private final long gapNanos;
    private int left;
    private long nextNanos;

    DropSampler(Engine engine, Metrics config, Consumer<DropRow> sink) {
        this.engine = engine;
        this.sink = sink;
        double perSecond = config.dropSamples().perSecond();
        gapNanos = perSecond == 0 ? Long.MAX_VALUE / 2 : (long) (1e9 / perSecond);
        left = perSecond == 0 ? 0 : config.dropSampleCap();
    }

    @Override
    public void dropped(int node, int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
        long nowNanos = engine.nowNanos();
        if (left == 0 || nowNanos < nextNanos) return;
        left--;
        nextNanos = nowNanos + gapNanos;
        String host = source.toString();
        sink.accept(new DropRow(
                nowNanos / 1_000_000,
                node < 0 ? "client" : "node-" + node,
                shard,
                cause.label(),
                kind == null ? "" : kind.label(),
                host.substring(0, host.indexOf(':'))));
    }
}
