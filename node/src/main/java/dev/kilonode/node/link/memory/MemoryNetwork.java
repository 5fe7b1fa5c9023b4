package dev.kilonode.node.link.memory;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.wire.NodeAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The endpoints of one process that can reach each other. Any thread. */
public final class MemoryNetwork {

    private final Map<NodeAddress, MemoryEndpoint> endpoints = new ConcurrentHashMap<>();

    /** @throws LinkException if the address is in use */
    void bind(MemoryEndpoint endpoint) {
        if (endpoints.putIfAbsent(endpoint.localAddress(), endpoint) != null) {
            throw new LinkException("in-memory address " + endpoint.localAddress()
                    + " is in use: an endpoint listens there that has not been shut down");
        }
    }

    void unbind(MemoryEndpoint endpoint) {
        endpoints.remove(endpoint.localAddress(), endpoint);
    }

    @Nullable
    MemoryEndpoint at(NodeAddress address) {
        return endpoints.get(address);
    }
}
