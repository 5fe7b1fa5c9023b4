package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.NodeAddress;

/** Receives the contents of a registry, changing channels first; see {@link PeerRegistry#enumerate}. */
public interface RegistryVisitor {

    /** The peer map lists {@code channel} as a channel of {@code peer}. Called once for each channel, one after another for each peer. */
    void peer(PeerId peer, NodeAddress channel);

    /** The channel map lists {@code peer} as a user of {@code channel}. */
    void sender(NodeAddress channel, PeerId peer);

    /** Work on {@code channel} is under way, such as a record or a removal, so that the maps may not agree about it yet. */
    void changing(NodeAddress channel);

    /** {@code peer} has been removed from the maps, and its PeerDisconnected is still to come. */
    default void leaving(PeerId peer) {}
}
