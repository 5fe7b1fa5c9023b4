package dev.kilonode.simulator.run;

import dev.kilonode.reports.compare.Settings;
import dev.kilonode.reports.run.Fingerprint;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;

/** What tells one scenario from another. Hex digits. */
public final class ScenarioHash {

    private ScenarioHash() {}

    /** Of all resolved values, the seed included. */
    public static String of(LoadedScenario loaded) {
        return Fingerprint.of(loaded.tree().yaml());
    }

    /** Of the settings that decide the network, those that are not at their defaults. */
    public static String ofSettings(LoadedScenario loaded) {
        try {
            return Settings.hash(loaded.tree().yaml(), ScenarioLoader.builtInYaml());
        } catch (IOException e) {
            throw new IllegalStateException("the resolved scenario is not YAML", e);
        }
    }
}
