package dev.kilonode.node.link.memory;

import dev.kilonode.node.link.provider.Link;
import dev.kilonode.node.link.provider.LinkCost;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;

/** {@code memory}: frames pass inside the process, from one node's thread to the other's. */
public final class MemoryLinkProvider implements LinkProvider {

    @Override
    public String label() {
        return "memory";
    }

    @Override
    public SocketKind sockets() {
        return SocketKind.NONE;
    }

    @Override
    public LinkCost cost() {
        return new LinkCost(3_300, 0, 40);
    }

    @Override
    public Link newLink() {
        MemoryNetwork network = new MemoryNetwork();
        return spec -> new MemoryEndpoint(
                network, spec.address(), spec.peer(), spec.nodeThread(), spec.runtime(), spec.config());
    }
}
