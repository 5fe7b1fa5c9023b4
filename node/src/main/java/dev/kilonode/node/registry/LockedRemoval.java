package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.lock.LockWaiter;
import java.util.List;

/**
 * Forgets one ended channel: peers lock, then channels lock, both held while the maps change. Returns early when the channel
 * map has no such channel, as the system studied does: whoever is in the peer map alone at that moment stays there.
 */
final class LockedRemoval {

    private final LockedRegistry registry;
    private final Connection connection;
    private List<PeerId> speakers = List.of();
    private boolean[] gone = {};

    LockedRemoval(LockedRegistry registry, Connection connection) {
        this.registry = registry;
        this.connection = connection;
    }

    void begin() {
        registry.peersLock.acquireWrite(new LockWaiter(this::peersLocked));
    }

    private void peersLocked() {
        registry.channelsLock.acquireWrite(new LockWaiter(this::bothLocked));
    }

    private void bothLocked() {
        speakers = registry.maps.removeSpeakers(connection);
        gone = new boolean[speakers.size()];
        boolean anyGone = false;
        for (int i = 0; i < gone.length; i++) {
            gone[i] = registry.maps.removeChannel(speakers.get(i), connection.remote()) != null;
            anyGone |= gone[i];
        }
        registry.channelsLock.releaseWrite();
        registry.peersLock.releaseWrite();
        if (anyGone) registry.userAgentsLock.acquireWrite(new LockWaiter(this::userAgentsLocked));
    }

    private void userAgentsLocked() {
        registry.userAgentsLock.releaseWrite();
        for (int i = 0; i < gone.length; i++) {
            if (gone[i]) registry.listener.peerDisconnected(speakers.get(i));
        }
    }
}
