package dev.kilonode.node.registry;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;

/**
 * A registry design: under which name scenarios ask for it, and how a node gets one. The built-in designs are {@link RegistryDesign};
 * others are found by {@link java.util.ServiceLoader}, see {@code docs/plugins.md}. Stateless: it serves all nodes of a run.
 */
public interface RegistryProvider {

    /** The name that scenarios write as {@code transport.registry}: letters, digits, dots, dashes and underscores. */
    String label();

    /**
     * A registry for one life of one node, which calls it on the node's thread only.
     *
     * @param endpoint to register peers with
     * @param observer told of locks and registrations, so that they show in the results
     * @param listener told of peers that come and go
     */
    PeerRegistry create(NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, PeerRegistry.Listener listener);
}
