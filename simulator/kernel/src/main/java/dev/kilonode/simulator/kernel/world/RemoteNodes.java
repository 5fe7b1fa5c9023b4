package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.wire.NodeAddress;

/**
 * What this process knows of the nodes that other processes of the run execute. Read on the threads of nodes and of the harness; changed
 * only while the threads of nodes are paused.
 */
@FunctionalInterface
public interface RemoteNodes {

    /** What is at an address. */
    enum Peer {
        /** A node that listens. */
        NODE,
        /** A client or a malicious peer, or none: these are not known by address, so each of them counts as there. */
        CLIENT,
        /** Nothing. */
        GONE
    }

    /** What is at {@code address} of a host of another process. */
    Peer at(NodeAddress address);
}
