package dev.kilonode.node;

import dev.kilonode.node.dht.DhtConfig;
import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.TransportConfig;

/**
 * What a node is set to; a client heeds all but replication.
 *
 * @param registry the design that {@code transport} names
 */
public record NodeConfig(
        RegistryProvider registry,
        TransportConfig transport,
        IdentityConfig identity,
        DhtConfig dht,
        ReplicationConfig replication) {}
