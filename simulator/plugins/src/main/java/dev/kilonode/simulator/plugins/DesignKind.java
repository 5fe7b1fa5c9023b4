package dev.kilonode.simulator.plugins;

import dev.kilonode.node.dispatch.DispatchDesign;
import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.link.provider.BuiltInLinks;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.node.registry.RegistryProvider;
import java.util.List;
import java.util.function.Function;

/**
 * A part of the node for which plugins may provide designs.
 *
 * @param <P> interface of the designs
 * @param provider the same interface; the services file of a jar is named after it
 * @param noun the kind in messages, such as {@code registry design}
 * @param builtIn the built-in designs
 * @param label returns the name of a design
 * @param guard wraps a plugin's design, so that invalid results are refused where they occur instead of failing later
 */
record DesignKind<P>(
        Class<P> provider,
        String noun,
        List<P> builtIn,
        Function<P, String> label,
        Function<PluginDesign<P>, P> guard) {

    static final DesignKind<RegistryProvider> REGISTRY = new DesignKind<>(
            RegistryProvider.class,
            "registry design",
            List.of(RegistryDesign.values()),
            RegistryProvider::label,
            PluginRegistry::new);

    static final DesignKind<DispatchProvider> DISPATCH = new DesignKind<>(
            DispatchProvider.class,
            "dispatch design",
            List.of(DispatchDesign.values()),
            DispatchProvider::label,
            PluginDispatch::new);

    static final DesignKind<LinkProvider> LINK =
            new DesignKind<>(LinkProvider.class, "link", BuiltInLinks.all(), LinkProvider::label, PluginLink::of);
}
