package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.util.ArrayList;
import java.util.List;

/**
 * What one peer tells another about a third: who it is and where it listens.
 *
 * @param id the peer
 * @param address where it listens, as far as is known
 * @param former where else it was reached before, newest first, at most {@value #MOST_FORMER}; to be tried in this order
 *     when nobody answers at the address. Empty unless nodes remember more than one address of a peer
 */
public record PeerRecord(PeerId id, NodeAddress address, List<NodeAddress> former) {

    /** Size on the wire in bytes: id, one socket address with its length and family. */
    public static final int BYTES = PeerId.BYTES + 8;

    /** A peer has at most eight addresses. */
    public static final int MOST_FORMER = 7;

    /** A peer of which one address is known. */
    public PeerRecord(PeerId id, NodeAddress address) {
        this(id, address, List.of());
    }

    /** This record, with the addresses of an older one behind its own. @param most how many former ones to keep */
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
