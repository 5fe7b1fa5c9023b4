package dev.kilonode.node.link.tcp;

import dev.kilonode.node.link.provider.Link;
import dev.kilonode.node.link.provider.LinkCost;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;

/** {@code tcp}: TCP without encryption; remote endpoints prove no identity. */
public final class TcpLinkProvider implements LinkProvider {

    @Override
    public String label() {
        return "tcp";
    }

    @Override
    public SocketKind sockets() {
        return SocketKind.TCP;
    }

    @Override
    public LinkCost cost() {
        return new LinkCost(3_700, 4_300, 60);
    }

    @Override
    public Link newLink() {
        return spec ->
                new TcpEndpoint(spec.loops(), spec.address(), null, spec.nodeThread(), spec.runtime(), spec.config());
    }
}
