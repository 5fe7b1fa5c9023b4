package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The nodes of the network and how they join. */
public record Nodes(
        @Setting("number of nodes, without the uploaders") int count,

        @Setting("nodes on one host, at most; hosts are filled in turn")
        int perHost,

        @Setting("nodes that start first and that all others join through")
        int bootstraps,

        @Setting("the other nodes join evenly over this time")
        Duration joinOver) {}
