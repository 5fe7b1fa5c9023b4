package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.lock.LockWaiter;
import dev.kilonode.node.wire.NodeAddress;
import java.util.List;

/**
 * Removes an ended channel: peers lock, then channels lock, both held while the maps change. As in the system studied, it returns early
 * when the channel map has no such channel; a peer that only the peer map holds at that moment stays there.
 */
final class LockedRemoval implements LockedRegistry.Task {

    private final LockedRegistry registry;
    private final Connection connection;
    private List<PeerId> senders = List.of();
    private boolean[] gone = {};

    LockedRemoval(LockedRegistry registry, Connection connection) {
        this.registry = registry;
        this.connection = connection;
    }

    @Override
    public NodeAddress channel() {
        return connection.remote();
    }

    @Override
    public List<PeerId> leaving() {
        return senders;
    }

    void begin() {
        registry.begun(this);
        registry.peersLock.acquireWrite(new LockWaiter(this::peersLocked));
    }

    private void peersLocked() {
        registry.channelsLock.acquireWrite(new LockWaiter(this::bothLocked));
    }

    private void bothLocked() {
        senders = registry.maps.removeSenders(connection);
        gone = new boolean[senders.size()];
        boolean anyGone = false;
        for (int i = 0; i < gone.length; i++) {
            PeerEntry removed = registry.maps.removeChannel(senders.get(i), connection.remote());
            gone[i] = removed != null && registry.isAnnounced(removed);
            anyGone |= removed != null;
        }
        registry.channelsLock.releaseWrite();
        registry.peersLock.releaseWrite();
        if (anyGone) registry.userAgentsLock.acquireWrite(new LockWaiter(this::userAgentsLocked));
        else registry.ended(this);
    }

    private void userAgentsLocked() {
        registry.userAgentsLock.releaseWrite();
        registry.ended(this);
        for (int i = 0; i < gone.length; i++) {
            if (gone[i]) registry.listener.peerDisconnected(senders.get(i));
        }
    }
}
