package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.virtual.VirtualWorld;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.wall.PortCheck;
import dev.kilonode.simulator.wall.WallClock;
import dev.kilonode.simulator.wall.WallWorld;

/** Creates the empty world of a scenario. No other class of the harness depends on a particular world. */
public final class ScenarioWorlds {

    private ScenarioWorlds() {}

    /** The machine's clock, for measuring the speed of a run. */
    static long machineNanos() {
        return WallClock.nanos();
    }

    /**
     * @param link the link that the scenario names; unused in virtual time
     * @throws LinkException if the link of a wall world is not available on this machine
     * @throws StoreException if its nodes cannot store chunks in the scenario's folder
     */
    public static World of(Scenario scenario, LinkProvider link) {
        if (scenario.clock() == Clock.WALL) {
            ChunkFolder.check(scenario);
            int hosts = scenario.hosts().stream().mapToInt(HostGroup::count).sum();
            PortCheck.check(
                    link,
                    scenario.wall().firstAddress(),
                    hosts,
                    scenario.nodes().count(),
                    PlannedNode.FIRST_PORT);
            return new WallWorld(
                    scenario.wall(),
                    link,
                    new Seeds(scenario.seed()),
                    scenario.network(),
                    scenario.costs().endpointLock(),
                    scenario.transport().maxFrame().count());
        }
        return new VirtualWorld(new Engine(), scenario.network(), scenario.costs(), new Seeds(scenario.seed()));
    }
}
