package dev.kilonode.junit;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.node.runtime.NodeRuntime;

/** A user's design among the user's tests. */
public final class OwnDesign implements RegistryProvider {

    @Override
    public String label() {
        return "own-design";
    }

    @Override
    public PeerRegistry create(
            NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, PeerRegistry.Listener listener) {
        return RegistryDesign.STRIPED_MAPS.create(runtime, endpoint, observer, listener);
    }
}
