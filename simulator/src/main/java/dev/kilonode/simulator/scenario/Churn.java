package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Nodes that restart, each at random times of its own. */
public record Churn(
        @Setting("how often one node restarts") Frequency restartsPerNode,
        @Setting("how long it is away") Duration downtime,

        @Setting("share of restarts that close no connection")
        Ratio abrupt,

        @Setting("share of restarts after which a node listens at another port; bootstraps keep theirs")
        Ratio newAddress) {}
