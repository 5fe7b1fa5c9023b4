package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** What it costs to tell an endpoint whose connection is whose: scans under a lock that the packet driver takes as well. */
public record EndpointLockCost(
        @Setting("times one registration takes the lock and scans the connections")
        int acquisitions,

        @Setting("time one registration holds the lock whatever the number of connections")
        Duration base,

        @Setting("time one scan takes per connection in the table")
        Duration scanPerConnection,

        @Setting("mean of the exponential wait for the lock, per acquisition, for each packet per second")
        Duration waitPerPacketRate,

        @Setting("keep-alive packets of one connection, both ways")
        Frequency packetsPerConnection,

        @Setting("packets that one message, sent or received, counts as")
        double packetsPerMessage,

        @Setting("rare, long starvation of a waiter by the unfair lock")
        Starvation starvation,

        @Setting("where the numbers come from") String source) {

    public EndpointLockCost {
        if (acquisitions < 0 || !(packetsPerMessage >= 0)) {
            throw new IllegalArgumentException("got " + acquisitions + " acquisitions and " + packetsPerMessage
                    + " packets per message, expected 0 or more");
        }
    }
}
