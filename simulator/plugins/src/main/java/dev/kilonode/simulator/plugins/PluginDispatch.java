package dev.kilonode.simulator.plugins;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.wire.NodeAddress;

/** Wraps a plugin's dispatch design and checks the range of each result, which costs two comparisons. */
record PluginDispatch(PluginDesign<DispatchProvider> design) implements DispatchProvider {

    @Override
    public String label() {
        return design.label();
    }

    @Override
    public boolean isStatePerNode() {
        return design.provider().isStatePerNode();
    }

    @Override
    public int shardOf(NodeAddress source, int shards) {
        int shard;
        try {
            shard = design.provider().shardOf(source, shards);
        } catch (RuntimeException | Error e) { // caught here, because further up it could be the registry's as well
            PluginException failure = design.failure(e);
            if (failure != null) throw failure;
            throw e;
        }
        if (shard < 0 || shard >= shards) {
            throw new PluginException(design.named() + " gave shard " + shard + " to " + source + ", expected 0 to "
                    + (shards - 1) + " from shardOf(source, " + shards + ")");
        }
        return shard;
    }
}
