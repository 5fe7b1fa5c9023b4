package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import java.util.Optional;

/** Records the outcomes of all frames as metrics of the run. */
final class FrameSampler implements WorldSampler {

    private final VirtualWorld world;
    private final MetricSet metrics;

    FrameSampler(VirtualWorld world, MetricSet metrics) {
        this.world = world;
        this.metrics = metrics;
    }

    @Override
    public Optional<MachineLoad> closeWindow() {
        MessageCounts counts = world.accounts();
        metrics.raise(Metric.LINK_SENT, 0, counts.sent());
        metrics.raise(Metric.LINK_DELIVERED, 0, counts.delivered());
        for (FrameFailure cause : FrameFailure.values()) {
            if (cause.isLoss()) metrics.raise(Metric.LINK_LOST, cause.ordinal(), counts.lost(cause));
            metrics.raise(Metric.LINK_GIVEN_UP, cause.ordinal(), counts.givenUp(cause));
        }
        return Optional.empty();
    }
}
