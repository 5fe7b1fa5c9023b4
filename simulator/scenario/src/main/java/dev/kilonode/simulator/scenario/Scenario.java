package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import dev.kilonode.node.dht.DhtConfig;
import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.store.Medium;
import dev.kilonode.node.store.StoreConfig;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.NetworkConfig;
import dev.kilonode.simulator.settings.WallConfig;
import java.time.Duration;
import java.util.List;

/** One run, fully resolved: every key of a scenario file with its value. */
public record Scenario(
        @Setting("name of the scenario: results are kept under it; letters, digits, dots, dashes and underscores")
        @Range(min = "1", max = "100")
        String name,

        @Setting("what the scenario is for") @Range(min = "0", max = "20000")
        String description,

        @Setting("seed of all random numbers: the same file and seed give the same run")
        @Range(min = "-9223372036854775808", max = "9223372036854775807")
        long seed,

        @Setting("virtual: simulated time, repeatable; wall: real sockets and real time")
        Clock clock,

        @Setting("how long the run lasts, on its own clock") @Range(min = "1ms", max = "1000d")
        Duration duration,

        @Setting("hosts that run the nodes, in groups") @Range(min = "1", max = "1000")
        List<HostGroup> hosts,

        @Setting("the nodes and how they join") Nodes nodes,
        @Setting("network between the hosts") NetworkConfig network,
        @Setting("the inbound pipeline of each node") TransportConfig transport,
        @Setting("the identity exchange on new connections") IdentityConfig identity,
        @Setting("routing and its background traffic") DhtConfig dht,
        @Setting("room for chunks") StoreConfig store,
        @Setting("replication of chunks") ReplicationConfig replication,
        @Setting("load: uploads and restarts") Workload workload,

        @Setting("faults to inject") @Range(min = "0", max = "1000")
        List<Fault> faults,

        @Setting(
                "violated invariants: strict fails the run, warn reports them, off watches nothing; see docs/invariants.md")
        InvariantMode invariants,

        @Setting("invariants that are not watched, for a run that is meant to violate them")
        @Range(min = "0", max = "100")
        List<Invariant> exemptInvariants,

        @Setting(
                "a process lost in a run over several (--jvms, --workers): continue with its nodes down, abort, or go on to an inconclusive end")
        OnWorkerLoss onWorkerLoss,

        @Setting("cost model, each number with its source") CostConfig costs,

        @Setting("settings of wall time") WallConfig wall,
        @Setting("resolution of the results") Metrics metrics,

        @Setting("pass/fail rules") @Range(min = "0", max = "10000")
        List<Check> checks,

        @Setting("options of the report") ReportOptions report) {
    /** Whether nodes store their chunks on disk: in wall time, if the store's medium is disk. */
    public boolean keepsChunksOnDisk() {
        return clock == Clock.WALL && store.medium() == Medium.DISK;
    }
}
