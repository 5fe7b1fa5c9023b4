package dev.kilonode.simulator.harness;

import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Seeds;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.world.VirtualWorld;
import dev.kilonode.simulator.world.World;

/** Makes the empty world that a scenario asks for. */
public final class ScenarioWorlds {

    private ScenarioWorlds() {}

    public static World of(Scenario scenario) {
        return new VirtualWorld(new Engine(), scenario.network(), scenario.costs(), new Seeds(scenario.seed()));
    }
}
