package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** What a registration costs: acquisitions of the endpoint lock, each with a wait and a scan of all connections. */
public record EndpointLockCost(
        @Setting("times one registration takes the endpoint lock")
        int acquisitions,

        @Setting("time of a registration, apart from scans and waits")
        Duration base,

        @Setting("time each acquisition spends on each open connection")
        Duration scanPerConnection,

        @Setting("mean wait of one acquisition for each packet per second through the endpoint")
        Duration waitPerPacketRate,

        @Setting("packets an open connection makes in rest: keep-alives, both ways")
        Frequency packetsPerConnection,

        @Setting("packets counted for each message, beside the keep-alives")
        double packetsPerMessage,

        @Setting("rare long waits of an unfair lock") Starvation starvation,

        @Setting("where the figures come from: a measurement, a source, or assumed")
        String source) {}
