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
 * {@code striped-maps}: concurrent maps without locks to wait for; the registration comes first, then the maps, each for
 * itself. What remains is a small window: a connection that ends while its message is registered, or between the two maps,
 * leaves its peer behind.
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
        List<PeerId> speakers = maps.removeSpeakers(connection);
        for (PeerId peer : speakers) {
            if (maps.removeChannel(peer, connection.remote()) != null) listener.peerDisconnected(peer);
        }
    }

    @Override
    public void channelOf(PeerId peer, Consumer<@Nullable Connection> then) {
        then.accept(maps.channelOf(peer));
    }

    @Override
    public void peerOf(Connection connection, Consumer<@Nullable PeerId> then) {
        then.accept(maps.speakerOn(connection));
    }
}
