package dev.kilonode.node.link.tcp;

import dev.kilonode.node.link.provider.Link;
import dev.kilonode.node.link.provider.LinkCost;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;

/** {@code tls}: TCP with TLS 1.3; both ends prove their identity. */
public final class TlsLinkProvider implements LinkProvider {

    @Override
    public String label() {
        return "tls";
    }

    @Override
    public SocketKind sockets() {
        return SocketKind.TCP;
    }

    @Override
    public boolean encrypted() {
        return true;
    }

    @Override
    public LinkCost cost() {
        return new LinkCost(6_900, 29_000, 70);
    }

    @Override
    public Link newLink() {
        return spec -> new TcpEndpoint(
                spec.loops(),
                spec.address(),
                spec.requiredKeys(label()),
                spec.nodeThread(),
                spec.runtime(),
                spec.config());
    }
}
