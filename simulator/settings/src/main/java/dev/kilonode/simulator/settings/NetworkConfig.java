package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The network between hosts: latency, loss, timeouts of connections. */
public record NetworkConfig(
        @Setting("one-way latency by pair of regions, such as eu-us or eu-eu; default applies to every other pair")
        @Range(min = "0s", max = "1d")
        Map<String, Duration> latency,

        @Setting("most that is added to the latency at random, as a share of it, uniformly per message")
        @Range(min = "0%", max = "100%")
        Ratio jitter,

        @Setting("share of packets lost; the transport is reliable, so a loss delays a message and never loses it")
        @Range(min = "0%", max = "90%")
        Ratio loss,

        @Setting("delay of a message that lost a packet") @Range(min = "0s", max = "1h")
        Duration retransmit,

        @Setting("how long a dial waits for an answer") @Range(min = "1ms", max = "1d")
        Duration dialTimeout,

        @Setting("how long a sender waits for an acknowledgement after a message was sent, apart from the time for its"
                + " size")
        @Range(min = "0s", max = "1d")
        Duration acknowledgement,

        @Setting("rate by which that time grows with the size of the message; 1 ms per KiB is 1MiB/s")
        @Range(min = "1kbps", max = "1TB/s")
        Bandwidth acknowledgementRate,

        @Setting("time without packets after which a connection is closed") @Range(min = "1ms", max = "1000d")
        Duration idleTimeout,

        @Setting("whether an endpoint keeps a connection in its table for ever when the other end stopped without"
                + " closing it")
        boolean keepsDeadConnections) {

    public NetworkConfig {
        if (!latency.containsKey("default")) {
            throw new IllegalArgumentException("network.latency: got " + latency.keySet()
                    + ", expected a key default, such as {default: 40ms, eu-us: 45ms}");
        }
        latency = Collections.unmodifiableMap(new LinkedHashMap<>(latency)); // in file order, unlike Map.copyOf
    }

    /** One-way latency between two regions, given in either order. */
    public Duration latencyBetween(String one, String other) {
        Duration named = latency.get(one + "-" + other);
        if (named == null) named = latency.get(other + "-" + one);
        if (named == null) named = latency.get("default");
        if (named == null) throw new IllegalStateException("checked by the constructor");
        return named;
    }
}
