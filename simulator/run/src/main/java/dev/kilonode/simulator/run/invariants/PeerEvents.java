package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.transport.PeerListener;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The peers that are connected by the events of one life of a node. On the node's thread. */
final class PeerEvents implements PeerListener {

    /** Most events that are kept between two looks. */
    private static final int MOST_SPURIOUS = 100;

    /** A PeerConnected of a peer that was connected, or a PeerDisconnected of one that was not. */
    record Spurious(PeerId peer, boolean connected) {}

    private final Set<PeerId> connected = new HashSet<>(); // never iterated over where an order would show
    private final List<Spurious> spurious = new ArrayList<>();

    @Override
    public void peerConnected(PeerRecord peer, boolean client) {
        if (!connected.add(peer.id())) spurious(peer.id(), true);
    }

    @Override
    public void peerDisconnected(PeerId peer) {
        if (!connected.remove(peer)) spurious(peer, false);
    }

    private void spurious(PeerId peer, boolean isConnected) {
        if (spurious.size() < MOST_SPURIOUS) spurious.add(new Spurious(peer, isConnected));
    }

    Set<PeerId> connected() {
        return connected;
    }

    boolean hasSpurious() {
        return !spurious.isEmpty();
    }

    /** The spurious events since the last call, oldest first. */
    List<Spurious> takeSpurious() {
        List<Spurious> taken = List.copyOf(spurious);
        spurious.clear();
        return taken;
    }
}
