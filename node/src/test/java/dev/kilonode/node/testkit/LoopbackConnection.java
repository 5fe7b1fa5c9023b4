package dev.kilonode.node.testkit;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import org.jspecify.annotations.Nullable;

/** One end of a loopback connection. */
public final class LoopbackConnection implements Connection {

    final LoopbackEndpoint owner;

    @Nullable
    LoopbackConnection other;

    private final NodeAddress remote;
    private final boolean dialled;
    private final @Nullable PeerRecord handshakePeer;
    private boolean open = true;
    private @Nullable Object attachment;

    public LoopbackConnection(
            LoopbackEndpoint owner, NodeAddress remote, boolean dialled, @Nullable PeerId handshakePeer) {
        this.owner = owner;
        this.remote = remote;
        this.dialled = dialled;
        this.handshakePeer = handshakePeer == null ? null : new PeerRecord(handshakePeer, remote);
    }

    public void markClosed() {
        open = false;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object attachment) {
        this.attachment = attachment;
    }

    @Override
    public NodeAddress remote() {
        return remote;
    }

    @Override
    public boolean dialled() {
        return dialled;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public @Nullable PeerRecord handshakePeer() {
        return handshakePeer;
    }
}
