package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Setting;

/** Hosts of one kind. Nodes of one host share its address, its processors and its link. */
public record HostGroup(
        @Setting("what the group is called") String name,
        @Setting("number of hosts") int count,

        @Setting("where they stand; latency goes by pair of regions")
        String region,

        @Setting("processor cores of one host") int cores,
        @Setting("bandwidth of one host's uplink") Bandwidth up,
        @Setting("bandwidth of one host's downlink") Bandwidth down) {

    public HostGroup {
        if (count < 1 || cores < 1) {
            throw new IllegalArgumentException(
                    "hosts." + name + ": got " + count + " hosts of " + cores + " cores, expected 1 or more of each");
        }
    }
}
