package dev.kilonode.node.link.real;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One dial under way, for all who want to be connected there. What carries it tells how it ended, from any thread. */
public final class RealDial {

    private final RealEndpoint endpoint;
    private final NodeAddress remote;
    private final long stamp;
    private volatile boolean over;

    // On the node's thread.
    final List<DialListener> listeners = new ArrayList<>(1);

    @Nullable
    Timer deadline;

    /** A connection that the other end says is superseded by the one this dial is to bring. */
    @Nullable
    RealConnection superseded;

    RealDial(RealEndpoint endpoint, NodeAddress remote, long stamp) {
        this.endpoint = endpoint;
        this.remote = remote;
        this.stamp = stamp;
    }

    public NodeAddress remote() {
        return remote;
    }

    /**
     * Where this dial stands in the order of what its endpoint did; the other end is told, and answers with a stamp of its own.
     * Stamps grow with each use, also over restarts. By them an endpoint knows whether an end that dials anew had learnt of
     * the older connection when it did: if so it believes in it no more.
     */
    public long stamp() {
        return stamp;
    }

    /** Whether nobody waits for its end any more: no need to go on. Any thread. */
    public boolean isOver() {
        return over;
    }

    /**
     * The other end has welcomed it.
     *
     * @param peer who the other end has proved to be, or null where nobody asks
     * @return the connection, to be told of what arrives
     */
    public RealConnection up(Line line, long remoteStamp, @Nullable PeerId peer) {
        RealConnection connection = new RealConnection(endpoint, line, remote, true, remoteStamp, peer);
        endpoint.execute(() -> endpoint.dialUp(this, connection));
        return connection;
    }

    /** It has ended in no connection. */
    public void failed(DialFailure failure) {
        endpoint.execute(() -> endpoint.dialFailed(this, failure));
    }

    void end() {
        over = true;
        if (deadline != null) deadline.cancel();
    }
}
