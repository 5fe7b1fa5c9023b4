package dev.kilonode.simulator.plugins;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.registry.RegistryProvider;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The designs that scenarios may name: as {@code transport.registry}, as {@code transport.dispatch}, and as {@code wall.link}.
 */
public record Designs(
        Choice<RegistryProvider> registries, Choice<DispatchProvider> dispatches, Choice<LinkProvider> links) {

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
                new Choice<>(DesignKind.DISPATCH, List.of(), "", strict),
                new Choice<>(DesignKind.LINK, List.of(), "", strict));
    }

    /**
     * The failure to report for a run with the designs of these names that {@code thrown} ended: that of a plugin if a plugin failed,
     * otherwise null. Of several plugins the one whose jar holds the failing class is named.
     */
    public @Nullable PluginException blame(String registry, String dispatch, String link, Throwable thrown) {
        if (thrown instanceof PluginException known) return known;
        List<PluginDesign<?>> named = Stream.<@Nullable PluginDesign<?>>of(
                        registries.plugin(registry), dispatches.plugin(dispatch), links.plugin(link))
                .filter(Objects::nonNull)
                .toList();
        if (named.isEmpty()) return null;
        PluginDesign<?> failed = named.stream()
                .filter(plugin -> plugin.isOrigin(thrown))
                .findFirst()
                .orElse(named.get(0));
        return failed.failure(thrown);
    }
}
