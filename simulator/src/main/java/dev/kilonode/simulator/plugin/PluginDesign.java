package dev.kilonode.simulator.plugin;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.node.runtime.NodeRuntime;

/**
 * A design from outside, looked at as it comes in: what would fail later, and far from its cause, is refused here.
 *
 * @param origin the jar it is from
 */
record PluginDesign(String label, RegistryProvider provider, String origin) implements RegistryProvider {

    /** Numbers of shards to ask for: designs answer by their kind, not by the number. */
    private static final int[] SHARDS = {1, 8};

    @Override
    public PeerRegistry create(
            NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, PeerRegistry.Listener listener) {
        PeerRegistry made;
        try {
            made = provider.create(runtime, endpoint, observer, listener);
        } catch (RuntimeException | LinkageError e) {
            throw new PluginException(named() + " made no registry: " + Blame.words(e), e);
        }
        return checked(made);
    }

    @SuppressWarnings({"ConstantValue", "NullAway"}) // a plugin may have been compiled without our checks
    private PeerRegistry checked(PeerRegistry made) {
        if (made == null) throw new PluginException(named() + " made no registry: create gave null");
        for (int shards : SHARDS) {
            int consumers = made.consumers(shards);
            if (consumers < 1 || consumers > shards) {
                throw new PluginException(named() + " wants " + consumers + " consumers for " + shards
                        + " shards; expected 1 to " + shards + " from consumers(" + shards + ")");
            }
        }
        if (made.newRegistrar() == null) throw new PluginException(named() + ": newRegistrar gave null");
        return made;
    }

    /** {@code the design register-once of register-once.jar}. */
    String named() {
        return "the design " + label + " of " + origin;
    }
}
