package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/**
 * Cost of a registration, which tells the endpoint which peer a connection belongs to: scans under a lock that the packet driver takes as
 * well.
 */
public record EndpointLockCost(
        @Setting("times one registration takes the lock and scans the connections") @Range(min = "0", max = "1000")
        int acquisitions,

        @Setting("time one registration holds the lock, apart from the scan") @Range(min = "0s", max = "1h")
        Duration base,

        @Setting("time one scan takes per connection in the table") @Range(min = "0s", max = "1h")
        Duration scanPerConnection,

        @Setting("mean of the exponential wait for the lock, per acquisition, for each packet per second")
        @Range(min = "0s", max = "1h")
        Duration waitPerPacketRate,

        @Setting("keep-alive packets of one connection, both ways") @Range(min = "0/s", max = "1000000/s")
        Frequency packetsPerConnection,

        @Setting("packets per message, sent or received") @Range(min = "0", max = "1000000")
        double packetsPerMessage,

        @Setting("rare, long starvation of a waiter by the unfair lock")
        LockStarvation starvation,

        @Setting("where the numbers come from") @Range(min = "0", max = "10000")
        String source) {

    public EndpointLockCost {
        if (acquisitions < 0 || !(packetsPerMessage >= 0)) {
            throw new IllegalArgumentException("got " + acquisitions + " acquisitions and " + packetsPerMessage
                    + " packets per message, expected 0 or more");
        }
    }
}
