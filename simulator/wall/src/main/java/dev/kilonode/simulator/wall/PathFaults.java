package dev.kilonode.simulator.wall;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;

/**
 * The faults that act between one host, of this process or of another, and all others: a partition, refused dials, more latency and loss.
 * Each end of a connection looks at the faults of both hosts. Changed by the harness while the loops are paused.
 */
final class PathFaults {

    private final WallWorld world;
    private final String region;
    private final boolean remote;
    private boolean isolated;
    private int isolations;
    private boolean refusing;
    private double latencyFactor = 1;
    private double lossFactor = 1;

    /** @param remote whether another process runs the host */
    PathFaults(WallWorld world, String region, boolean remote) {
        this.world = world;
        this.region = region;
        this.remote = remote;
    }

    /** Whether another process runs the host. */
    boolean isRemote() {
        return remote;
    }

    /**
     * Cuts the host off from all others, or reconnects it.
     *
     * @param closeAcross closes the connections between it and other hosts, as lost; called if it is cut off for the idle time-out
     */
    void isolate(boolean cutOff, Runnable closeAcross) {
        if (cutOff == isolated) return;
        isolated = cutOff;
        world.updateCalm();
        int isolation = ++isolations;
        if (!cutOff || world.network().keepsDeadConnections()) return;
        world.engine().schedule(world.network().idleTimeout().toNanos(), () -> {
            if (isolation == isolations) closeAcross.run();
        });
    }

    void refuse(boolean refusing) {
        this.refusing = refusing;
    }

    void setLatencyFactor(double factor) {
        latencyFactor = factor;
        world.updateCalm();
    }

    void setLossFactor(double factor) {
        lossFactor = factor;
        world.updateCalm();
    }

    boolean isRefusing() {
        return refusing;
    }

    /** Whether a fault may lose or delay frames. */
    boolean isImpaired() {
        return isolated || latencyFactor != 1 || lossFactor > 1;
    }

    /** Whether a partition separates the host from {@code other} now. */
    boolean isCutFrom(PathFaults other) {
        return this != other && (isolated || other.isolated);
    }

    /** The delay of a frame that leaves to {@code other} now, by faults and by the latency of the scenario. */
    long delayNanos(PathFaults other, RandomStream lossRandom) {
        long nanos = 0;
        double latency =
                Math.max(latencyFactor, other.latencyFactor) - (world.config().latency() ? 0 : 1);
        if (latency > 0) {
            nanos = (long) (latency
                    * world.network().latencyBetween(region, other.region).toNanos());
        }
        double loss = Math.max(lossFactor, other.lossFactor);
        if (loss > 1 && lossRandom.nextDouble() < loss * world.network().loss().value()) {
            nanos = Engine.after(nanos, world.network().retransmit().toNanos());
        }
        return nanos;
    }
}
