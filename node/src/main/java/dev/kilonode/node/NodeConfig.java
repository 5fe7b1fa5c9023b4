package dev.kilonode.node;

import dev.kilonode.node.dht.DhtConfig;
import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.TransportConfig;

/** What a node is set to; a client heeds all but replication. */
public record NodeConfig(
        TransportConfig transport, IdentityConfig identity, DhtConfig dht, ReplicationConfig replication) {}
