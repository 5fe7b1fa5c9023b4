package dev.kilonode.simulator.run;

import dev.kilonode.simulator.run.harness.ChunkFolder;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ResourceEstimate;
import dev.kilonode.simulator.scenario.ResourceEstimate.Grade;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.wall.JvmProbe;

/** Checks whether this machine has the resources for a run, as estimated from its scenario. */
public final class MachineCheck {

    private MachineCheck() {}

    /** @throws EnvironmentException if it does not; with the remedy */
    public static void check(LoadedScenario loaded) {
        check(loaded, 1);
    }

    /**
     * As {@link #check(LoadedScenario)}, for one of several processes.
     *
     * @param parts the number of equal parts, of which this process runs one
     */
    public static void check(LoadedScenario loaded, int parts) {
        Scenario scenario = loaded.scenario();
        for (ResourceEstimate.Need need : ResourceEstimate.of(scenario, loaded.link(), machine(scenario), parts)) {
            if (need.grade() == Grade.FAIL) throw new EnvironmentException(need.remedy());
        }
    }

    /** The resources that this process may use. */
    public static ResourceEstimate.Machine machine(Scenario scenario) {
        Runtime runtime = Runtime.getRuntime();
        return new ResourceEstimate.Machine(
                runtime.maxMemory(),
                runtime.availableProcessors(),
                new JvmProbe().mostDescriptors(),
                ChunkFolder.freeBytes(scenario));
    }
}
