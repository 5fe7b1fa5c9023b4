package dev.kilonode.simulator.plugins;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.registry.RegistryProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The designs that scenarios may name: as {@code transport.registry}, and as {@code transport.dispatch}. */
public record Designs(Choice<RegistryProvider> registries, Choice<DispatchProvider> dispatches) {

    private static final Designs BUILT_IN = withoutPlugins(true);

    /** Those that come with Kilonode, and no others. */
    public static Designs builtIn() {
        return BUILT_IN;
    }

    /** For what is looked at and not run: every name is taken for that of a design. */
    public static Designs anyName() {
        return withoutPlugins(false);
    }

    private static Designs withoutPlugins(boolean strict) {
        return new Designs(
                new Choice<>(DesignKind.REGISTRY, List.of(), "", strict),
                new Choice<>(DesignKind.DISPATCH, List.of(), "", strict));
    }

    /**
     * What to tell of a run with the designs of these names that {@code thrown} ended: that a plugin failed, where it was one;
     * otherwise null.
     */
    public @Nullable PluginException blame(String registry, String dispatch, Throwable thrown) {
        PluginDesign<?> plugin = registries.plugin(registry);
        if (plugin == null)
            plugin = dispatches.plugin(dispatch); // where both are, what it throws bears its name already
        if (plugin != null) return plugin.failure(thrown);
        return thrown instanceof PluginException known ? known : null;
    }
}
