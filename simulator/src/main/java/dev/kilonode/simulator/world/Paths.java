package dev.kilonode.simulator.world;

import dev.kilonode.simulator.engine.Seeds;
import dev.kilonode.simulator.engine.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What lies between two hosts: latency by pair of regions, jitter, and loss that shows as delay. */
final class Paths {

    private final NetworkConfig config;
    private final List<String> regions = new ArrayList<>();
    private final Stream jitter;
    private final Stream loss;
    private final long retransmitNanos;
    private long[][] latencyNanos = {};
    private long extraLatencyNanos;
    private double lossRatio;

    Paths(NetworkConfig config, Seeds seeds) {
        this.config = config;
        this.jitter = seeds.stream("network/jitter");
        this.loss = seeds.stream("network/loss");
        this.retransmitNanos = config.retransmit().toNanos();
        setExtra(0, 0);
    }

    /** Number of a region, given on first use. */
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

    void setExtra(long latencyNanos, double lossRatio) {
        this.extraLatencyNanos = latencyNanos;
        this.lossRatio = Math.min(1, config.loss().value() + lossRatio);
    }

    /** A draw of the time that {@code packets} packets sent together take from one region to another. */
    long drawNanos(int from, int to, int packets) {
        long base = latencyNanos[from][to] + extraLatencyNanos;
        long nanos = base + (long) (base * config.jitter().value() * jitter.nextDouble());
        if (lossRatio > 0 && loss.nextDouble() < anyLost(packets)) nanos += retransmitNanos;
        return nanos;
    }

    /** 1 - (1 - loss)^packets, by repeated squaring: the same on every machine. */
    private double anyLost(int packets) {
        double none = 1;
        double factor = 1 - lossRatio;
        for (int rest = packets; rest > 0; rest >>= 1, factor *= factor) {
            if ((rest & 1) != 0) none *= factor;
        }
        return 1 - none;
    }
}
