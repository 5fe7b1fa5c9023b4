package dev.kilonode.node.link.base;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dial in progress, shared by all callers that dial this address. The link reports the result from any thread. */
public final class PendingDial {

    private final AbstractEndpoint endpoint;
    private final NodeAddress remote;
    private final long stamp;
    private volatile boolean over;

    // On the node's thread.
    final List<DialListener> listeners = new ArrayList<>(1);

    @Nullable
    Timer deadline;

    /** A connection that the remote endpoint reported as superseded by the result of this dial. */
    @Nullable
    BaseConnection superseded;

    PendingDial(AbstractEndpoint endpoint, NodeAddress remote, long stamp) {
        this.endpoint = endpoint;
        this.remote = remote;
        this.stamp = stamp;
    }

    public NodeAddress remote() {
        return remote;
    }

    /**
     * A logical timestamp: the position of this dial in the order of what its endpoint did. Each end sends its stamp in the
     * handshake. Stamps increase with each use, also over restarts. They tell an endpoint whether a peer that dials again knew of the
     * older connection at that time; if it did, the peer has given the older connection up.
     */
    public long stamp() {
        return stamp;
    }

    /** Whether no caller waits for the result any more, so that the link can stop. Any thread. */
    public boolean isOver() {
        return over;
    }

    /**
     * The remote endpoint has confirmed the connection.
     *
     * @param peer the identity that the remote endpoint has proved, or null if the link does not authenticate
     * @return the connection, which takes what arrives
     */
    public BaseConnection up(FrameChannel frameChannel, long remoteStamp, @Nullable PeerId peer) {
        BaseConnection connection = new BaseConnection(endpoint, frameChannel, remote, true, remoteStamp, peer);
        endpoint.execute(() -> endpoint.dialUp(this, connection));
        return connection;
    }

    /** The dial has failed. */
    public void failed(DialFailure failure) {
        endpoint.execute(() -> endpoint.dialFailed(this, failure));
    }

    void end() {
        over = true;
        if (deadline != null) deadline.cancel();
    }
}
