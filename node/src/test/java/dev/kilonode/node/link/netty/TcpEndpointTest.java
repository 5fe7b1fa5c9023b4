package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import org.jspecify.annotations.Nullable;

class TcpEndpointTest extends TcpContract {

    @Override
    @Nullable
    NodeIdentity identity(int n) {
        return null;
    }
}
