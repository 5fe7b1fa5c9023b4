package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The nodes of the network and how they join. */
public record Nodes(
        @Setting("number of nodes, without the uploaders") @Range(min = "1", max = "1000000")
        int count,

        @Setting("most nodes on one host; hosts are filled in turn") @Range(min = "1", max = "1000000")
        int perHost,

        @Setting("nodes that start first and through which all others join") @Range(min = "1", max = "1000000")
        int bootstraps,

        @Setting("the other nodes join evenly over this time") @Range(min = "0s", max = "1000d")
        Duration joinOver) {}
