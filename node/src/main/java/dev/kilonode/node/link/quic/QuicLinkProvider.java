package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.provider.Link;
import dev.kilonode.node.link.provider.LinkCost;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;

/** {@code quic}: QUIC over UDP, a stream for each frame; both ends prove their identity. */
public final class QuicLinkProvider implements LinkProvider {

    @Override
    public String label() {
        return "quic";
    }

    @Override
    public SocketKind sockets() {
        return SocketKind.UDP;
    }

    @Override
    public boolean encrypted() {
        return true;
    }

    @Override
    public LinkCost cost() {
        return new LinkCost(8_700, 66_000, 150);
    }

    @Override
    public void checkAvailable() {
        QuicLibrary.check();
    }

    @Override
    public Link newLink() {
        checkAvailable();
        return spec -> QuicEndpoint.open(
                spec.loops(),
                spec.address(),
                spec.requiredKeys(label()),
                spec.nodeThread(),
                spec.runtime(),
                spec.config());
    }
}
