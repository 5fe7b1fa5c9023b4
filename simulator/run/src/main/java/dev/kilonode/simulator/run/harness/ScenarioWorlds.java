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

/** Makes the empty world that a scenario asks for. Nothing else in the harness knows which worlds there are. */
public final class ScenarioWorlds {

    private ScenarioWorlds() {}

    /** The machine's clock, by which the speed of a run is measured. */
    static long machineNanos() {
        return WallClock.nanos();
    }

    /**
     * @param link the link that the scenario names; in virtual time not used
     * @throws LinkException if this machine cannot run the link of a wall world
     * @throws StoreException if its nodes cannot keep chunks where the scenario wants them
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
