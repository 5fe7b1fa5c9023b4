package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.PeerRecord;

/** Listens to identified peers that connect and disconnect. */
public interface PeerListener {

    /** @param client whether it is a client, which does not belong in a routing table */
    void peerConnected(PeerRecord peer, boolean client);

    void peerDisconnected(PeerId peer);
}
