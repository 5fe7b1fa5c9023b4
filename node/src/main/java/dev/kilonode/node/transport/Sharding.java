package dev.kilonode.node.transport;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.wire.NodeAddress;

/**
 * How one node spreads its sources over its shards.
 *
 * @param shards how many it has, which is how many consumers its registry feeds
 */
record Sharding(DispatchProvider design, int shards) {

    int shardOf(NodeAddress source) {
        return design.shardOf(source, shards);
    }
}
