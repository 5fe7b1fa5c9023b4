package dev.kilonode.node.registry;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;

/**
 * A registry design: its name in scenarios, and a factory for a node's registry. The built-in designs are {@link RegistryDesign}; others
 * are found by {@link java.util.ServiceLoader}, see {@code docs/plugins.md}. A provider is stateless: one instance serves all nodes of a
 * run.
 */
public interface RegistryProvider {

    /** The value of {@code transport.registry} in scenarios: letters, digits, dots, dashes and underscores. */
    String label();

    /** Whether its registries implement {@link PeerRegistry#enumerate}. A run with {@code invariants: strict} needs a design that does. */
    default boolean canEnumerate() {
        return false;
    }

    /**
     * Whether nodes share no state that changes: no static field, no field of the provider. Only then are the nodes of a run in virtual time
     * distributed over several threads, with the same results as on one.
     */
    default boolean isStatePerNode() {
        return false;
    }

    /**
     * Creates the registry of one node, for the time until it stops or restarts. It is called on the node's thread only.
     *
     * @param endpoint registers peers
     * @param observer to be called for locks and registrations, so that they appear in the results
     * @param listener to be called when peers connect and disconnect
     */
    PeerRegistry create(NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, PeerRegistry.Listener listener);
}
