package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code striped-maps}: concurrent maps without locks to wait for; the registration comes first, then the update of each map. A small
 * race remains: a connection that ends while its message is registered, or between the two updates, leaves its peer in the maps.
 */
final class StripedRegistry extends MappedRegistry {

    StripedRegistry(NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, Listener listener) {
        super(runtime, endpoint, observer, listener);
    }

    @Override
    public Registrar newRegistrar() {
        return new StripedRegistrar(this);
    }

    @Override
    public void disconnected(Connection connection) {
        maps.ended(connection);
        List<PeerId> senders = maps.removeSenders(connection);
        for (PeerId peer : senders) {
            if (maps.removeChannel(peer, connection.remote()) != null) listener.peerDisconnected(peer);
        }
    }

    @Override
    public void channelOf(PeerId peer, Consumer<@Nullable Connection> then) {
        then.accept(maps.channelOf(peer));
    }

    @Override
    public void peerOf(Connection connection, Consumer<@Nullable PeerId> then) {
        then.accept(maps.lastSenderOn(connection));
    }
}
