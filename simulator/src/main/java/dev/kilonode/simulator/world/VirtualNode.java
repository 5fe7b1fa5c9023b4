package dev.kilonode.simulator.world;

import dev.kilonode.node.wire.NodeAddress;

/**
 * What the virtual world gives one node.
 *
 * @param name as in the run
 * @param host where it runs
 */
public record VirtualNode(String name, Host host, VirtualRuntime runtime, VirtualEndpoint endpoint) {

    public NodeAddress address() {
        return endpoint.localAddress();
    }
}
