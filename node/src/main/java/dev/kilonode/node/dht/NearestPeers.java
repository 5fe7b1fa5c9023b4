package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.PeerRecord;
import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * Peers in order of their distance to a target, nearest first, together with those distances. A lookup can merge a reply without reading
 * the peers, which are scattered over memory. The creator fills it; it is not changed afterwards.
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

    /** Whether the distances are those to {@code other}. Compares by reference, so it may return false for an equal target. */
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
