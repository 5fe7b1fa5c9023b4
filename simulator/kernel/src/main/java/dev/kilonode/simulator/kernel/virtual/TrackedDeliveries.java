package dev.kilonode.simulator.kernel.virtual;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The small frames in transit of a world whose hosts change, found among the pending events. Used between two windows. */
final class TrackedDeliveries {

    private final Partition[] partitions;

    TrackedDeliveries(Partition[] partitions) {
        this.partitions = partitions;
    }

    /** The latency or the packet loss of paths from and to {@code host} has changed; of all paths if it is null. */
    void pathsChanged(@Nullable VirtualHost host) {
        forEach(delivery -> {
            if (host == null || delivery.isFrom(host) || delivery.isTo(host)) delivery.pathChanged();
        });
    }

    /** Sets the bandwidth of the links of {@code host} for small frames. */
    void setBandwidth(VirtualHost host, long nowNanos, double before, double after) {
        if (!host.down.hasChanged()) splitArrivals(host);
        host.up.setFactor(nowNanos, after);
        host.down.setFactor(nowNanos, after);
        double ratio = before / after;
        forEach(delivery -> {
            if (delivery.isTo(host)) delivery.downlinkChanged(ratio);
            if (delivery.isFrom(host)) delivery.uplinkChanged(ratio);
        });
    }

    /** Frames reach the downlink in the order of their events, as they would have without a change. */
    private void splitArrivals(VirtualHost host) {
        List<TrackedDelivery> arriving = new ArrayList<>();
        forEach(delivery -> {
            if (delivery.isTo(host)) arriving.add(delivery);
        });
        arriving.sort(Comparator.comparingLong(TrackedDelivery::atNanos));
        arriving.forEach(TrackedDelivery::beforeFirstChangeOfDownlink);
    }

    /** {@code host}, which was cut off since {@code sinceNanos}, is connected again. */
    void reconnected(VirtualHost host, long sinceNanos) {
        forEach(delivery -> {
            boolean across = delivery.isFrom(host) != delivery.isTo(host);
            if (across) delivery.reconnected(sinceNanos);
        });
    }

    /** The action may replace the delivery it is called with. */
    private void forEach(Consumer<TrackedDelivery> action) {
        for (Partition partition : partitions) {
            partition.engine.forEachPending(event -> {
                if (event instanceof TrackedDelivery delivery) action.accept(delivery);
            });
        }
    }
}
