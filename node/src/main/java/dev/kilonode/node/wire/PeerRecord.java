package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;

/**
 * What one peer tells another about a third: who it is and where it listens.
 *
 * @param id the peer
 * @param address where it listens
 */
public record PeerRecord(PeerId id, NodeAddress address) {

    /** Size on the wire in bytes: id, one socket address with its length and family. */
    public static final int BYTES = PeerId.BYTES + 8;
}
