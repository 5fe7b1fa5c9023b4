package dev.kilonode.simulator.plugins;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.registry.RegistryProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The designs that scenarios may name as {@code transport.registry} and {@code transport.dispatch}. */
public record Designs(Choice<RegistryProvider> registries, Choice<DispatchProvider> dispatches) {

    private static final Designs BUILT_IN = withoutPlugins(true);

    /** The built-in designs only. */
    public static Designs builtIn() {
        return BUILT_IN;
    }

    /** For scenarios that are read but not run: every name is accepted. */
    public static Designs anyName() {
        return withoutPlugins(false);
    }

    private static Designs withoutPlugins(boolean strict) {
        return new Designs(
                new Choice<>(DesignKind.REGISTRY, List.of(), "", strict),
                new Choice<>(DesignKind.DISPATCH, List.of(), "", strict));
    }

    /** The exception to report for a run with these designs that {@code thrown} ended, if a plugin failed; otherwise null. */
    public @Nullable PluginException blame(String registry, String dispatch, Throwable thrown) {
        PluginDesign<?> plugin = registries.plugin(registry);
        if (plugin == null)
            plugin = dispatches.plugin(dispatch); // if both are plugins, the exception names its design already
        if (plugin != null) return plugin.failure(thrown);
        return thrown instanceof PluginException known ? known : null;
    }
}
