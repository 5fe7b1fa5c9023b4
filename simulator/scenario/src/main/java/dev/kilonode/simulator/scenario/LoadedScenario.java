package dev.kilonode.simulator.scenario;

import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.simulator.plugins.Designs;
import dev.kilonode.simulator.plugins.PluginException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario ready to run, with the origins of its values.
 *
 * @param scenario every value, typed
 * @param sourceText the file as written
 * @param tree the merged values with their origins
 * @param designs those it may name
 * @param warnings probable mistakes that do not prevent a run; at most 20
 */
public record LoadedScenario(
        Scenario scenario, String sourceText, MergedValues tree, Designs designs, List<Problem> warnings) {

    /** The designs it names. */
    public TransportDesigns transportDesigns() {
        TransportConfig named = scenario.transport();
        return new TransportDesigns(
                designs.registries().named(named.registry()),
                designs.dispatches().named(named.dispatch()));
    }

    /** What carries its frames in wall time. */
    public LinkProvider link() {
        return designs.links().named(scenario.wall().link());
    }

    /** The exception to report for a run of it that {@code thrown} ended, if a plugin failed; otherwise null. */
    public @Nullable PluginException pluginFailure(Throwable thrown) {
        TransportConfig named = scenario.transport();
        return designs.blame(named.registry(), named.dispatch(), scenario.wall().link(), thrown);
    }

    /** Whether its files are small enough to have content, as they do where signatures are computed. */
    public boolean mayHaveContent() {
        return scenario.workload().upload().fileSize().count() <= ScenarioValidator.MOST_CONTENT_BYTES;
    }

    /** Prints the warnings, each with its place and line. */
    public void warn(PrintStream out) {
        for (Problem warning : warnings) out.println("warning: " + warning.render());
    }
}
