package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.settings.AddressHistoryCost;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.EndpointLockCost;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.LockStarvation;
import dev.kilonode.simulator.settings.LogCost;
import dev.kilonode.simulator.settings.NetworkConfig;
import dev.kilonode.simulator.settings.WorkCost;
import java.time.Duration;
import java.util.Map;

/** Worlds for tests, with round numbers and without randomness by default. */
final class Worlds {

    static final WorkCost FREE = new WorkCost(Duration.ZERO, Duration.ZERO, "test");
    static final LogCost SILENT = new LogCost(Duration.ZERO, 4, 1, "test");
    static final LockStarvation NEVER = new LockStarvation(new Ratio(0), 1_000, 1, Duration.ofSeconds(40));
    static final AddressHistoryCost NO_TABLES = new AddressHistoryCost(0, Duration.ZERO, "test");

    static final EndpointLockCost NO_LOCK =
            new EndpointLockCost(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, new Frequency(0), 0, NEVER, "test");

    private Worlds() {}

    /** A latency of 10 ms between all hosts. */
    static NetworkConfig network(double jitter, double loss, boolean keepsDead) {
        return new NetworkConfig(
                Map.of("default", Duration.ofMillis(10), "eu-us", Duration.ofMillis(50)),
                new Ratio(jitter),
                new Ratio(loss),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                new Bandwidth(1024_000),
                Duration.ofSeconds(30),
                keepsDead);
    }

    static CostConfig costs(WorkCost verify, Duration perDatagram, EndpointLockCost lock) {
        return new CostConfig(
                FREE, verify, FREE, FREE, FREE, FREE, FREE, Duration.ZERO, perDatagram, lock, NO_TABLES, SILENT);
    }

    static VirtualWorld world(NetworkConfig network, long seed) {
        return world(network, costs(FREE, Duration.ZERO, NO_LOCK), seed);
    }

    static VirtualWorld world(NetworkConfig network, CostConfig costs, long seed) {
        VirtualWorld world = new VirtualWorld(network, costs, new Seeds(seed), 1);
        world.expectHostChanges();
        return world;
    }

    /** 2 cores, 100 MB/s in both directions. */
    static HostGroup group(String region) {
        return new HostGroup("test", 1, region, 2, new Bandwidth(100e6), new Bandwidth(100e6));
    }
}
