package dev.kilonode.node.transport;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.runtime.NodeRuntime;

/** What every outgoing message needs. */
final class TransportContext {

    private final NodeRuntime runtime;
    private final Endpoint endpoint;
    private final MessageSigner signer;
    private final PeerRegistry registry;
    private final boolean client;
    private boolean closed;

    TransportContext(
            NodeRuntime runtime, Endpoint endpoint, MessageSigner signer, PeerRegistry registry, boolean client) {
        this.runtime = runtime;
        this.endpoint = endpoint;
        this.signer = signer;
        this.registry = registry;
        this.client = client;
    }

    NodeRuntime runtime() {
        return runtime;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    MessageSigner signer() {
        return signer;
    }

    PeerRegistry registry() {
        return registry;
    }

    boolean isClient() {
        return client;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** A frame was not acknowledged: closes the channel, and reports it even if it had closed at this end already. */
    void channelFailed(Connection connection) {
        if (closed) return;
        if (connection.isOpen()) endpoint.close(connection, CloseReason.LOCAL);
        else registry.disconnected(connection);
    }
}
