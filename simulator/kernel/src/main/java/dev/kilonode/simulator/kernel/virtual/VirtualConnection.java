package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection. It takes 48 bytes, because a thousand endpoints have more than a thousand connections each. A left-over, whose
 * other end is gone without a close, keeps only the address and id of the other endpoint.
 */
final class VirtualConnection implements Connection {

    /** The category of the entry in its endpoint's table. */
    static final byte NODE = 0;

    static final byte CLIENT = 1;
    static final byte LEFT_OVER = 2;

    final VirtualEndpoint owner;

    /** The host of the other end. Kept here to avoid reading the other endpoint, which is in memory of another node. */
    final VirtualHost remoteHost;

    private final NodeAddress remote;
    private final @Nullable PeerRecord handshakePeer;
    private final boolean dialled;

    /** The other end; null once it is gone, which this end may not know yet. */
    @Nullable
    VirtualConnection other;

    /** The connection that has taken the place of this one, because both ends have dialled; frames under way arrive on it. */
    @Nullable
    VirtualConnection successor;

    private @Nullable Object attachment;

    /** Whether both ends have completed the handshake, and none of them is closed as far as this end knows. */
    boolean open = true;

    /** Whether this end waits for the last message of the handshake. */
    boolean opening;

    byte origin;

    VirtualConnection(VirtualEndpoint owner, VirtualEndpoint remote, boolean dialled) {
        this.owner = owner;
        this.remoteHost = remote.host();
        this.remote = remote.localAddress();
        this.handshakePeer = remote.record();
        this.dialled = dialled;
        this.origin = remote.isClient() ? CLIENT : NODE;
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

    @Override
    public String toString() {
        return owner.localAddress()
                + (dialled ? " -> " : " <- ")
                + remote
                + (open ? other == null ? " (zombie)" : "" : " (closed)");
    }
}
