package dev.kilonode.node.link.memory;

import dev.kilonode.node.link.WallEndpointContract;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.wire.NodeAddress;

/** The contract, within memory. */
class MemoryEndpointTest extends WallEndpointContract {

    private final MemoryNetwork network = new MemoryNetwork();
    private int endpoints;

    @Override
    protected AbstractEndpoint newEndpoint(WallThread thread, NodeAddress address, LinkConfig config) {
        return new MemoryEndpoint(network, address, null, thread, thread, config);
    }

    @Override
    protected NodeAddress newAddress() {
        return loopback(endpoints++, 7000);
    }

    @Override
    protected NodeAddress deadAddress() {
        return loopback(9_999, 7000);
    }
}
