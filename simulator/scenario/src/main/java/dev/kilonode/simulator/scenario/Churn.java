package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Restarts of nodes, each at its own random times. */
public record Churn(
        @Setting("rate at which one node restarts") @Range(min = "0/s", max = "1/s")
        Frequency restartsPerNode,

        @Setting("time between its stop and its start") @Range(min = "0s", max = "1000d")
        Duration downtime,

        @Setting("share of restarts without closing the connections") @Range(min = "0%", max = "100%")
        Ratio abrupt,

        @Setting("share of restarts after which a node listens at another port; bootstraps keep theirs")
        @Range(min = "0%", max = "100%")
        Ratio newAddress) {}
