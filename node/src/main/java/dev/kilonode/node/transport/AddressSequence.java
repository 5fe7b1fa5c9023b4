package dev.kilonode.node.transport;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Dials a peer at one of its addresses after another until it is reached at one of them. Each dead address costs a full dial timeout,
 * each address where another peer answers costs an identity exchange.
 */
final class AddressSequence implements ConnectListener {

    private final Connections connections;
    private final PeerRecord peer;
    private final ConnectListener listener;
    private final Iterator<NodeAddress> next;
    private long dialNanos;
    private long identityNanos;

    AddressSequence(Connections connections, PeerRecord peer, ConnectListener listener) {
        this.connections = connections;
        this.peer = peer;
        this.listener = listener;
        next = peer.former().iterator();
    }

    void begin() {
        connections.connectAt(new PeerRecord(peer.id(), peer.address()), this);
    }

    @Override
    public void connectEnded(@Nullable RequestFailure failure, long dialNanos, long identityNanos) {
        this.dialNanos += dialNanos;
        this.identityNanos += identityNanos;
        if (failure == null || failure == RequestFailure.SHUT_DOWN || !next.hasNext()) {
            listener.connectEnded(failure, this.dialNanos, this.identityNanos);
        } else {
            connections.connectAt(new PeerRecord(peer.id(), next.next()), this);
        }
    }
}
