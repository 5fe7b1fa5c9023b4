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
 * A part of the node of which a plugin may bring a design.
 *
 * @param <P> what such designs implement
 * @param provider the same; the services file of a jar has its name
 * @param noun {@code registry design}
 * @param builtIn those that come with Kilonode
 * @param label the name of one
 * @param guard a plugin's, with what would fail later, and far from its cause, refused where it happens
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
