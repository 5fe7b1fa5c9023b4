package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;
import java.util.Map;

/** What lies between hosts, and when a connection counts as dead. */
public record NetworkConfig(
        @Setting(
                "one-way latency: by pair of regions (eu-us, in either order), within a region (eu), or for every pair not named (any)")
        Map<String, Duration> latency,

        @Setting(
                "spread of the latency, as a share of it: a message takes between (1 - jitter) and (1 + jitter) times its latency")
        Ratio jitter,

        @Setting("share of packets lost; the transport is reliable, so a loss costs time")
        Ratio loss,

        @Setting("what one lost packet adds to a message") Duration retransmit,

        @Setting("how long a dialler waits for a connection before it gives up")
        Duration dialTimeout,

        @Setting("how long a sender waits for the acknowledgement of a message, apart from its size")
        Duration acknowledgement,

        @Setting("what a message adds to that wait: its size at this rate")
        Bandwidth acknowledgementRate,

        @Setting("silence after which a connection whose other end is gone is closed")
        Duration idleTimeout,

        @Setting(
                "whether a connection whose other end is gone stays in the table, for ever and with its keep-alive packets")
        boolean keepsDeadConnections) {}
