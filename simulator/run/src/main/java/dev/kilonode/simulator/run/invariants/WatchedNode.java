package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import org.jspecify.annotations.Nullable;

/** A node of the network, through all its lives. */
public interface WatchedNode {

    int number();

    PeerId id();

    /** What the node holds; while the node is down, what its next life will find. */
    ChunkStore store();

    /** The transport of the current life, or null while the node is down. */
    @Nullable
    Transport transport();

    /** The world's handle of the current life, or null while the node is down. */
    @Nullable
    NodeHandle place();
}
