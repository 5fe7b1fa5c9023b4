package dev.kilonode.junit;

import dev.kilonode.node.dispatch.DispatchDesign;
import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.wire.NodeAddress;

/** Another design of the user's, of the other kind. */
public final class OwnDispatch implements DispatchProvider {

    @Override
    public String label() {
        return "own-dispatch";
    }

    @Override
    public int shardOf(NodeAddress source, int shards) {
        return shards - 1 - DispatchDesign.SOURCE_IP.shardOf(source, shards);
    }
}
