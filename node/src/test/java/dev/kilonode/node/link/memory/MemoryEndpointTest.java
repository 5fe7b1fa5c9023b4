package dev.kilonode.node.link.memory;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.WallEndpointContract;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.wire.NodeAddress;

/** The contract, within memory. */
class MemoryEndpointTest extends WallEndpointContract {

    private final MemoryNetwork network = new MemoryNetwork();
    private int endpoints;

    @Override
    protected Endpoint newEndpoint(WallThread thread) {
        return new MemoryEndpoint(network, loopback(endpoints++, 7000), null, thread, thread, CONFIG);
    }

    @Override
    protected NodeAddress deadAddress() {
        return loopback(9_999, 7000);
    }
}
