package dev.kilonode.simulator.plugins;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.node.runtime.NodeRuntime;

/** Wraps a plugin's registry design and checks each registry that it creates. */
record PluginRegistry(PluginDesign<RegistryProvider> design) implements RegistryProvider {

    /** Numbers of shards to test; designs answer by their kind, not by the number. */
    private static final int[] SHARDS = {1, 8};

    @Override
    public String label() {
        return design.label();
    }

    @Override
    public boolean canEnumerate() {
        return design.provider().canEnumerate();
    }

    @Override
    public boolean isStatePerNode() {
        return design.provider().isStatePerNode();
    }

    @Override
    public PeerRegistry create(
            NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, PeerRegistry.Listener listener) {
        PeerRegistry made;
        try {
            made = design.provider().create(runtime, endpoint, observer, listener);
        } catch (RuntimeException | LinkageError e) {
            throw new PluginException(design.named() + " made no registry: " + Blame.words(e), e);
        }
        return checked(made);
    }

    @SuppressWarnings({"ConstantValue", "NullAway"}) // a plugin may have been compiled without our checks
    private PeerRegistry checked(PeerRegistry made) {
        if (made == null) throw new PluginException(design.named() + " made no registry: create gave null");
        for (int shards : SHARDS) {
            int consumers = made.consumers(shards);
            if (consumers < 1 || consumers > shards) {
                throw new PluginException(design.named() + " wants " + consumers + " consumers for " + shards
                        + " shards; expected 1 to " + shards + " from consumers(" + shards + ")");
            }
        }
        if (made.newRegistrar() == null) throw new PluginException(design.named() + ": newRegistrar gave null");
        return made;
    }
}
