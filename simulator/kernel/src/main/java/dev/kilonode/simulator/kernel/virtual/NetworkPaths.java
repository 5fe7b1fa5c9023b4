package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.settings.NetworkConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The paths between hosts: latency by pair of regions, jitter, and packet loss, which appears as delay. */
final class NetworkPaths {

    /** Hosts with a latency below this between them run in one partition: windows so short would cost more than they gain. */
    static final long NEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final NetworkConfig config;
    private final List<String> regions = new ArrayList<>();
    private final long retransmitNanos;
    private final double jitterRatio;
    private final double configuredLoss;
    private long[][] latencyNanos = {};
    private long leastLatencyNanos = Engine.END_NANOS;
    private double leastHostFactor = 1;
    private double latencyFactor = 1;
    private double lossFactor = 1;

    NetworkPaths(NetworkConfig config) {
        this.config = config;
        this.retransmitNanos = config.retransmit().toNanos();
        this.jitterRatio = config.jitter().value();
        this.configuredLoss = config.loss().value();
    }

    /** Whether hosts of this region may be nearer than {@link #NEAR_NANOS} to others, so that they run in one partition with them. */
    boolean isNearOthers(String region) {
        return config.latency().entrySet().stream()
                .filter(pair -> pair.getValue().toNanos() < NEAR_NANOS)
                .anyMatch(pair -> pair.getKey().equals("default")
                        || pair.getKey().startsWith(region + "-")
                        || pair.getKey().endsWith("-" + region));
    }

    /** The least latency at present between hosts of the regions in use, apart from those that are near others; 1 or more. */
    long leastNanos() {
        return Math.max(1, (long) (leastLatencyNanos * latencyFactor * leastHostFactor));
    }

    /** Sets the least of the hosts' factors of the latency. */
    void setLeastHostFactor(double factor) {
        leastHostFactor = factor;
    }

    /** The number of a region, assigned on first use. */
    int region(String name) {
        int known = regions.indexOf(name);
        if (known >= 0) return known;
        regions.add(name);
        int count = regions.size();
        long[][] wider = new long[count][];
        for (int i = 0; i < count; i++) {
            wider[i] = i < count - 1 ? Arrays.copyOf(latencyNanos[i], count) : new long[count];
            wider[i][count - 1] = config.latencyBetween(regions.get(i), name).toNanos();
        }
        for (int i = 0; i < count; i++) wider[count - 1][i] = wider[i][count - 1];
        latencyNanos = wider;
        for (int i = 0; i < count; i++) {
            if (isNearOthers(regions.get(i)) && isNearOthers(name)) continue;
            leastLatencyNanos = Math.min(leastLatencyNanos, wider[i][count - 1]);
        }
        return count - 1;
    }

    void setLatencyFactor(double factor) {
        latencyFactor = factor;
    }

    void setLossFactor(double factor) {
        lossFactor = factor;
    }

    /** Draws the time that {@code packets} packets sent together take from one host to another. */
    long drawNanos(VirtualHost from, VirtualHost to, int packets) {
        from.paths.draw(configuredLoss > 0);
        return nanos(from, to, packets, from.paths.jitterDrawn(), from.paths.lossDrawn());
    }

    /** The longest time that a packet takes now, unless it is lost. */
    long longestNanos(VirtualHost from, VirtualHost to) {
        return nanos(from, to, 0, 1, 1);
    }

    /** The time that {@code packets} packets sent together take now, if these random numbers have been drawn. */
    long nanos(VirtualHost from, VirtualHost to, int packets, double jitterDrawn, double lossDrawn) {
        double base = latencyNanos[from.region][to.region]
                * latencyFactor
                * Math.max(from.latencyFactor(), to.latencyFactor());
        long nanos = (long) (base * (1 + jitterRatio * jitterDrawn));
        if (configuredLoss > 0) {
            double ratio = configuredLoss * lossFactor * Math.max(from.lossFactor(), to.lossFactor());
            if (lossDrawn < anyLost(Math.min(1, ratio), packets)) nanos = Engine.after(nanos, retransmitNanos);
        }
        return nanos;
    }

    /**
     * The probability that at least one packet is lost: 1 - (1 - loss)^packets, by repeated squaring, with the same result on every
     * machine.
     */
    private static double anyLost(double lossRatio, int packets) {
        double none = 1;
        double factor = 1 - lossRatio;
        for (int rest = packets; rest > 0; rest >>= 1, factor *= factor) {
            if ((rest & 1) != 0) none *= factor;
        }
        return 1 - none;
    }
}
