package dev.kilonode.node.transport;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.wire.NodeAddress;

/**
 * Assignment of sources to one node's shards.
 *
 * @param shards number of shards, which is the number of consumers that its registry feeds
 */
record Sharding(DispatchProvider design, int shards) {

    int shardOf(NodeAddress source) {
        return design.shardOf(source, shards);
    }
}
