package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer and its addresses, as sent to other peers.
 *
 * @param id the peer
 * @param address its listening address, as far as is known
 * @param former earlier addresses, newest first, at most {@value #MOST_FORMER}; they are dialled in this order if the address does not
 *     answer. Empty unless nodes remember more than one address per peer
 */
public record PeerRecord(PeerId id, NodeAddress address, List<NodeAddress> former) {

    /** Size on the wire in bytes: id, one socket address with its length and family. */
    public static final int BYTES = PeerId.BYTES + 8;

    /** Most former addresses: a peer has at most eight addresses. */
    public static final int MOST_FORMER = 7;

    /** A peer with one known address. */
    public PeerRecord(PeerId id, NodeAddress address) {
        this(id, address, List.of());
    }

    /**
     * This record, followed by the addresses of an older one.
     *
     * @param most most former addresses to keep
     */
    public PeerRecord after(PeerRecord older, int most) {
        List<NodeAddress> kept = new ArrayList<>();
        keep(older.address, most, kept);
        for (NodeAddress one : older.former) keep(one, most, kept);
        return new PeerRecord(id, address, List.copyOf(kept));
    }

    private void keep(NodeAddress one, int most, List<NodeAddress> kept) {
        if (kept.size() < most && !one.equals(address)) kept.add(one);
    }
}
