package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.PeerRecord;
import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * Peers in order of their distance to a target, nearest first, with those distances at hand: a lookup merges a reply without
 * reading any of the peers it names, which lie all over memory. Filled by who makes it, then not changed.
 */
final class NearestPeers extends AbstractList<PeerRecord> implements RandomAccess {

    final PeerId target;
    final PeerRecord[] peers;

    /** {@link PeerId#distancePrefix} of each peer to the target. */
    final long[] distances;

    NearestPeers(PeerId target, int size) {
        this.target = target;
        peers = new PeerRecord[size];
        distances = new long[size];
    }

    /** Whether the distances are those to {@code other}; told by identity, so an equal target may be disowned. */
    boolean areDistancesTo(PeerId other) {
        return target == other;
    }

    @Override
    public PeerRecord get(int rank) {
        return peers[rank];
    }

    @Override
    public int size() {
        return peers.length;
    }
}
