package dev.kilonode.simulator.run;

import dev.kilonode.reports.compare.Settings;
import dev.kilonode.reports.run.Fingerprint;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;

/** Hashes that identify a scenario, in hexadecimal digits. */
public final class ScenarioHash {

    private ScenarioHash() {}

    /** Hash of all resolved values, the seed included. */
    public static String of(LoadedScenario loaded) {
        return Fingerprint.of(loaded.tree().yaml());
    }

    /** Hash of the settings that determine the network, without those at their defaults. */
    public static String ofSettings(LoadedScenario loaded) {
        try {
            return Settings.hash(loaded.tree().yaml(), ScenarioLoader.builtInYaml());
        } catch (IOException e) {
            throw new IllegalStateException("the resolved scenario is not YAML", e);
        }
    }
}
