package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import dev.kilonode.node.dht.DhtConfig;
import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.store.Medium;
import dev.kilonode.node.store.StoreConfig;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.LinkKind;
import dev.kilonode.simulator.settings.NetworkConfig;
import dev.kilonode.simulator.settings.WallConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One run, fully resolved: every key of a scenario file with its value. */
public record Scenario(
        @Setting("name of the scenario: results are kept under it; letters, digits, dots, dashes and underscores")
        @Range(min = "1", max = "100")
        String name,

        @Setting("what the scenario is for") @Range(min = "0", max = "20000")
        String description,

        @Setting("the seed of all chance: the same file and seed give the same run")
        @Range(min = "-9223372036854775808", max = "9223372036854775807")
        long seed,

        @Setting("virtual: simulated time, repeatable; wall: real sockets and real time")
        Clock clock,

        @Setting("how long the run lasts, on its own clock") @Range(min = "1ms", max = "1000d")
        Duration duration,

        @Setting("the machines nodes run on, in groups") @Range(min = "1", max = "1000")
        List<HostGroup> hosts,

        @Setting("the nodes and how they join") Nodes nodes,
        @Setting("what lies between hosts") NetworkConfig network,
        @Setting("the inbound pipeline of each node") TransportConfig transport,
        @Setting("the identity exchange on new connections") IdentityConfig identity,
        @Setting("routing and its background traffic") DhtConfig dht,
        @Setting("room for chunks") StoreConfig store,
        @Setting("what nodes do with a chunk just stored") ReplicationConfig replication,
        @Setting("who uploads what, when") Workload workload,

        @Setting("troubles injected on purpose") @Range(min = "0", max = "1000")
        List<Fault> faults,

        @Setting("what work takes, each figure with its source")
        CostConfig costs,

        @Setting("how a run lives in wall time") WallConfig wall,
        @Setting("how finely results are kept") Metrics metrics,

        @Setting("pass or fail rules") @Range(min = "0", max = "10000")
        List<Check> checks,

        @Setting("what the report holds") ReportOptions report) {
    /** What the world that this scenario asks for can do. */
    public Set<Capability> capabilities() {
        return clock == Clock.WALL ? Capability.wallTime(wall.link() != LinkKind.MEMORY) : Capability.VIRTUAL_TIME;
    }

    /** Whether nodes keep their chunks on disk: in wall time, where the store's medium says so. */
    public boolean keepsChunksOnDisk() {
        return clock == Clock.WALL && store.medium() == Medium.DISK;
    }
}
