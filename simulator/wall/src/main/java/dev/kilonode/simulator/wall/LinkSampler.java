package dev.kilonode.simulator.wall;

import static dev.kilonode.simulator.kernel.world.FrameFailure.CLOSED_IN_TRANSIT;
import static dev.kilonode.simulator.kernel.world.FrameFailure.CONNECTION_CLOSED;
import static dev.kilonode.simulator.kernel.world.FrameFailure.CUT_OFF;
import static dev.kilonode.simulator.kernel.world.FrameFailure.NEVER_LEFT;
import static dev.kilonode.simulator.kernel.world.FrameFailure.NODE_STOPPED;
import static dev.kilonode.simulator.kernel.world.FrameFailure.QUEUE_FULL;
import static dev.kilonode.simulator.kernel.world.FrameFailure.UNACKNOWLEDGED;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.link.base.LinkStatistics;
import dev.kilonode.simulator.kernel.world.FrameFailure;
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
        metrics.raise(Metric.LINK_REFUSED, GARBAGE_DATAGRAM, now.garbageDatagrams());
        metrics.raise(Metric.LINK_REFUSED, HANDSHAKE_FAILED, now.handshakesFailed());
        metrics.raise(Metric.LINK_REFUSED, HANDSHAKE_REFUSED, now.handshakesRefused());
        metrics.raise(Metric.LINK_REFUSED, PROTOCOL_BREACH, now.protocolErrors());
        metrics.raise(Metric.LINK_REFUSED, FRAME_CUT_SHORT, now.framesCutShort());
        frames(now, world.frames(), world.linkTotals().frames());
        return Optional.empty();
    }

    private void frames(LinkStatistics links, FrameCounts nodes, LinkFrames frames) {
        metrics.raise(Metric.LINK_SENT, 0, nodes.sent);
        metrics.raise(Metric.LINK_ACROSS, 0, nodes.across);
        metrics.raise(Metric.LINK_DELIVERED, 0, frames.read());
        rise(Metric.LINK_LOST, QUEUE_FULL, links.queueFull());
        rise(Metric.LINK_LOST, NEVER_LEFT, links.neverLeft());
        rise(Metric.LINK_LOST, UNACKNOWLEDGED, links.unacknowledged());
        rise(Metric.LINK_LOST, CUT_OFF, nodes.cutOff);
        rise(Metric.LINK_LOST, NODE_STOPPED, nodes.stopped);
        rise(Metric.LINK_GIVEN_UP, QUEUE_FULL, frames.refused());
        rise(Metric.LINK_GIVEN_UP, NEVER_LEFT, frames.neverLeftInTime());
        rise(Metric.LINK_GIVEN_UP, UNACKNOWLEDGED, frames.notAcknowledgedInTime());
        rise(Metric.LINK_GIVEN_UP, CONNECTION_CLOSED, frames.sentOnClosed());
        rise(Metric.LINK_GIVEN_UP, CUT_OFF, nodes.cutOff);
        rise(Metric.LINK_GIVEN_UP, CLOSED_IN_TRANSIT, frames.connectionEnded());
        rise(Metric.LINK_GIVEN_UP, NODE_STOPPED, nodes.stopped + frames.abandoned());
    }

    private void rise(Metric metric, FrameFailure cause, long total) {
        metrics.raise(metric, cause.ordinal(), total);
    }
}
