package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Setting;

/** Hosts of one kind. A host is what its nodes share: one IP address, cores, one network link. */
public record HostGroup(
        @Setting("name of the group, as reports show it") String name,
        @Setting("number of hosts") int count,

        @Setting("where they are; latency is given between regions")
        String region,

        @Setting("processor cores of one host") int cores,
        @Setting("what one host can send") Bandwidth up,
        @Setting("what one host can receive") Bandwidth down) {}
