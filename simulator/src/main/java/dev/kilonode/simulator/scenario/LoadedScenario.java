package dev.kilonode.simulator.scenario;

import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.simulator.plugin.Designs;
import dev.kilonode.simulator.plugin.PluginException;
import org.jspecify.annotations.Nullable;

/**
 * A scenario ready to run, with what is needed to say where its values come from.
 *
 * @param scenario every value, typed
 * @param sourceText the file as written
 * @param tree the merged values with their origins
 * @param designs what its registry may be, and is
 */
public record LoadedScenario(Scenario scenario, String sourceText, MergedValues tree, Designs designs) {
    /** The design of its registry. */
    public RegistryProvider registry() {
        return designs.named(scenario.transport().registry());
    }

    /** What to tell of a run of it that {@code thrown} ended: that a plugin failed, where it was one; otherwise null. */
    public @Nullable PluginException failureOfPlugin(Throwable thrown) {
        return designs.blame(scenario.transport().registry(), thrown);
    }
}
