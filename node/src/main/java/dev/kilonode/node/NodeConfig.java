package dev.kilonode.node;

import dev.kilonode.node.dht.DhtConfig;
import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.node.transport.TransportDesigns;

/**
 * What a node is set to; a client heeds all but replication.
 *
 * @param designs those that {@code transport} names
 */
public record NodeConfig(
        TransportDesigns designs,
        TransportConfig transport,
        IdentityConfig identity,
        DhtConfig dht,
        ReplicationConfig replication) {}
