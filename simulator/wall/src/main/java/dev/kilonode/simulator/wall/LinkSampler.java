package dev.kilonode.simulator.wall;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.link.base.LinkStatistics;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import java.util.Optional;

/** Records the counters of real endpoints as metrics of the run. */
final class LinkSampler implements WorldSampler {

    private static final int GARBAGE_DATAGRAM = Dimension.LINK_REFUSAL.indexOf("garbage-datagram");
    private static final int HANDSHAKE_FAILED = Dimension.LINK_REFUSAL.indexOf("handshake-failed");
    private static final int HANDSHAKE_REFUSED = Dimension.LINK_REFUSAL.indexOf("handshake-refused");
    private static final int PROTOCOL_BREACH = Dimension.LINK_REFUSAL.indexOf("protocol-breach");
    private static final int FRAME_CUT_SHORT = Dimension.LINK_REFUSAL.indexOf("frame-cut-short");
    private static final int QUEUE_FULL = Dimension.LINK_LOSS.indexOf("queue-full");
    private static final int NEVER_LEFT = Dimension.LINK_LOSS.indexOf("never-left");
    private static final int UNACKNOWLEDGED = Dimension.LINK_LOSS.indexOf("unacknowledged");

    private final WallWorld world;
    private final MetricSet metrics;

    /** @param metrics a set that contains the metrics of the wall clock */
    LinkSampler(WallWorld world, MetricSet metrics) {
        this.world = world;
        this.metrics = metrics;
    }

    @Override
    public Optional<MachineLoad> closeWindow() {
        LinkStatistics now = world.readLinks();
        rise(Metric.LINK_REFUSED, GARBAGE_DATAGRAM, now.garbageDatagrams());
        rise(Metric.LINK_REFUSED, HANDSHAKE_FAILED, now.handshakesFailed());
        rise(Metric.LINK_REFUSED, HANDSHAKE_REFUSED, now.handshakesRefused());
        rise(Metric.LINK_REFUSED, PROTOCOL_BREACH, now.protocolErrors());
        rise(Metric.LINK_REFUSED, FRAME_CUT_SHORT, now.framesCutShort());
        rise(Metric.LINK_LOST, QUEUE_FULL, now.queueFull());
        rise(Metric.LINK_LOST, NEVER_LEFT, now.neverLeft());
        rise(Metric.LINK_LOST, UNACKNOWLEDGED, now.unacknowledged());
        return Optional.empty();
    }

    /**
     * Raises a counter to {@code total}. Totals are read one after another without a lock, so one may be ahead by one and fall at the next
     * reading.
     */
    private void rise(Metric metric, int label, long total) {
        metrics.add(metric, label, Math.max(0, total - metrics.total(metric, label)));
    }
}
