package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.settings.NetworkConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The paths between hosts: latency by pair of regions, jitter, and packet loss, which appears as delay. */
final class NetworkPaths {

    private final NetworkConfig config;
    private final List<String> regions = new ArrayList<>();
    private final RandomStream jitter;
    private final RandomStream loss;
    private final long retransmitNanos;
    private final double jitterRatio;
    private final double configuredLoss;
    private long[][] latencyNanos = {};
    private double latencyFactor = 1;
    private double lossFactor = 1;
    private double jitterDrawn;
    private double lossDrawn = 1;

    NetworkPaths(NetworkConfig config, Seeds seeds) {
        this.config = config;
        this.jitter = seeds.stream("network/jitter");
        this.loss = seeds.stream("network/loss");
        this.retransmitNanos = config.retransmit().toNanos();
        this.jitterRatio = config.jitter().value();
        this.configuredLoss = config.loss().value();
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
        jitterDrawn = jitter.nextDouble();
        if (configuredLoss > 0) lossDrawn = loss.nextDouble();
        return nanos(from, to, packets, jitterDrawn, lossDrawn);
    }

    /** The random number in [0, 1) that decided the jitter of the last draw. */
    double jitterDrawn() {
        return jitterDrawn;
    }

    /** The random number in [0, 1) that decided the loss of the last draw; without loss it is not used. */
    double lossDrawn() {
        return lossDrawn;
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
