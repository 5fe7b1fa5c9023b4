package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.runtime.NodeRuntime;

/** What a world gives one life of a node, and what can be read of it from outside. On the run's thread. */
public interface NodeHandle {

    NodeRuntime runtime();

    Endpoint endpoint();

    /** Connections in the endpoint's table to nodes that are still at the other end. */
    int connectionsToNodes();

    /** Connections in the table to clients that are still at the other end. */
    int connectionsToClients();

    /** Entries in the table whose other end is gone without a word. */
    int connectionsLeftOver();

    /** Registrations asked of the endpoint so far. */
    long registrations();

    /** Sum over all registrations of the time from asking to done. */
    long registrationNanos();

    /** Registrations that starved at the endpoint's lock. */
    long starvations();

    /** Addresses that the endpoint's side tables remember; 0 where it keeps none. */
    int addressesRemembered();

    /** Lines logged at a cost; 0 where logging costs nothing. */
    long logLines();
}
