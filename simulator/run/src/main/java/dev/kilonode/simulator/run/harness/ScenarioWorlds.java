package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.virtual.VirtualWorld;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.settings.HostAddresses;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.wall.PortCheck;
import dev.kilonode.simulator.wall.WallClock;
import dev.kilonode.simulator.wall.WallWorld;
import java.util.List;

/** Creates the empty world of a scenario. No other class of the harness depends on a particular world. */
public final class ScenarioWorlds {

    private ScenarioWorlds() {}

    /** The machine's clock, for measuring the speed of a run. */
    static long machineNanos() {
        return WallClock.nanos();
    }

    /**
     * @param threads that run the nodes in virtual time, 1 or more, if the scenario {@linkplain #whyOneThread allows it}
     * @throws LinkException if the link of a wall world is not available on this machine
     * @throws StoreException if its nodes cannot store chunks in the scenario's folder
     */
    public static World of(LoadedScenario loaded, int threads) {
        Scenario scenario = loaded.scenario();
        LinkProvider link = loaded.link();
        if (scenario.clock() == Clock.WALL) {
            ChunkFolder.check(scenario);
            int hosts = scenario.hosts().stream().mapToInt(HostGroup::count).sum();
            PortCheck.check(
                    link,
                    scenario.wall().firstAddress(),
                    hosts,
                    scenario.nodes().count(),
                    PlannedNode.FIRST_PORT);
            return wall(
                    scenario, link, 0, HostAddresses.loopback(scenario.wall().firstAddress()));
        }
        return new VirtualWorld(
                scenario.network(),
                scenario.costs(),
                new Seeds(scenario.seed()),
                whyOneThread(loaded).isEmpty() ? threads : 1);
    }

    /** The most threads on which a run of {@code scenario} in virtual time has work for each. */
    public static int mostThreads(Scenario scenario) {
        int hosts = scenario.hosts().stream().mapToInt(HostGroup::count).sum()
                + scenario.workload().uploaders().count();
        return Math.min(VirtualWorld.MOST_PARTITIONS, hosts);
    }

    /** Why a run in virtual time uses one thread, whatever is asked for; empty if it does not. */
    public static String whyOneThread(LoadedScenario loaded) {
        String undivided = VirtualWorld.whyUndivided(loaded.scenario().network());
        if (!undivided.isEmpty()) return undivided;
        String undeclared = loaded.transportDesigns().undeclared();
        return undeclared.isEmpty()
                ? ""
                : undeclared + ", a plugin, does not declare by isStatePerNode that its nodes share no state";
    }

    /**
     * The world of one part of a run over several processes.
     *
     * @param plan of the scenario
     * @param addressBlocks by part, the addresses of its hosts in CIDR notation; empty if all hosts have the loopback addresses that the
     *     scenario names
     * @throws LinkException if the link is not available on this machine, or cannot listen at the addresses of this part
     * @throws StoreException if its nodes cannot store chunks in the scenario's folder
     * @throws IllegalArgumentException if the blocks cannot hold the hosts, see {@link #addresses}
     */
    public static World ofPart(
            Scenario scenario, LinkProvider link, RunPlan plan, Part part, List<String> addressBlocks) {
        ChunkFolder.check(scenario);
        HostAddresses addresses = addresses(scenario, plan, part, addressBlocks);
        PortCheck.check(
                link,
                plan.nodes().stream()
                        .filter(node -> part.owns(node.host()))
                        .map(node -> new NodeAddress(addresses.ip(node.host()), node.port()))
                        .toList());
        return wall(scenario, link, (double) part.number() / part.parts(), addresses);
    }

    /**
     * The addresses of all hosts of a run over several processes; for the parameters see {@link #ofPart}.
     *
     * @throws IllegalArgumentException if a block is none, is too small or overlaps another; the message says what to write
     */
    public static HostAddresses addresses(Scenario scenario, RunPlan plan, Part part, List<String> addressBlocks) {
        if (addressBlocks.isEmpty()) {
            return HostAddresses.loopback(scenario.wall().firstAddress());
        }
        if (addressBlocks.size() != part.parts()) {
            throw new IllegalArgumentException("got " + addressBlocks.size() + " address blocks for " + part.parts()
                    + " parts; give each worker --addresses, or none");
        }
        int hosts = plan.hosts().size() + plan.attackHosts().size();
        return HostAddresses.inBlocks(addressBlocks, hosts, part.ownerOf());
    }

    private static World wall(Scenario scenario, LinkProvider link, double phase, HostAddresses addresses) {
        return new WallWorld(
                scenario.wall(),
                phase,
                addresses,
                link,
                new Seeds(scenario.seed()),
                scenario.network(),
                scenario.costs().endpointLock(),
                scenario.transport().maxFrame().count());
    }
}
