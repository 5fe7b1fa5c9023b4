package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;

/** Base of all designs: the maps, the endpoint, observer and listener. */
abstract class MappedRegistry implements PeerRegistry {

    final NodeRuntime runtime;
    final Endpoint endpoint;
    final NodeObserver observer;
    final Listener listener;
    final PeerMaps maps = new PeerMaps();

    MappedRegistry(NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, Listener listener) {
        this.runtime = runtime;
        this.endpoint = endpoint;
        this.observer = observer;
        this.listener = listener;
    }

    @Override
    public void connected(Connection connection) {
        maps.opened(connection);
    }

    /** Reports the duration of a registration with the endpoint, from {@code sinceNanos} until now. */
    final void registeredSince(long sinceNanos) {
        observer.registered(runtime.nowNanos() - sinceNanos);
    }

    final void announce(PeerId peer, Connection connection, boolean client) {
        listener.peerConnected(peer, connection, client);
    }

    @Override
    public boolean enumerate(RegistryVisitor visitor) {
        maps.enumerate(visitor);
        return true;
    }

    @Override
    public int peerCount() {
        return maps.peerCount();
    }
}
