package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;

/** A group of equal hosts. The nodes of one host share its address, its processors and its link. */
public record HostGroup(
        @Setting("name of the group") @Range(min = "1", max = "100")
        String name,

        @Setting("number of hosts") @Range(min = "1", max = "10000000")
        int count,

        @Setting("region of the hosts; latency is set by pair of regions") @Range(min = "1", max = "100")
        String region,

        @Setting("processor cores of one host") @Range(min = "1", max = "1024")
        int cores,

        @Setting("bandwidth of one host's uplink") @Range(min = "1kbps", max = "1TB/s")
        Bandwidth up,

        @Setting("bandwidth of one host's downlink") @Range(min = "1kbps", max = "1TB/s")
        Bandwidth down) {

    public HostGroup {
        if (count < 1 || cores < 1) {
            throw new IllegalArgumentException(
                    "hosts." + name + ": got " + count + " hosts of " + cores + " cores, expected 1 or more of each");
        }
    }
}
