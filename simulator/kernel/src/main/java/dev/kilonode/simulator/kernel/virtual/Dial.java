package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dial under way, at the dialling endpoint. Its event is the time-out. */
final class Dial extends Event {

    private final VirtualWorld world;
    private final VirtualEndpoint from;
    private final NodeAddress remote;
    private final List<DialListener> listeners = new ArrayList<>(1);

    /** Null if there is nobody to shake hands with. */
    private @Nullable Handshake handshake;

    private boolean ended;

    Dial(VirtualWorld world, VirtualEndpoint from, NodeAddress remote) {
        this.world = world;
        this.from = from;
        this.remote = remote;
    }

    void join(DialListener listener) {
        listeners.add(listener);
    }

    void start() {
        from.host().events().schedule(this, from.host().events().later(world.dialTimeoutNanos()));
        VirtualEndpoint target = world.endpointAt(remote);
        if (target == null || target == from) return;
        Handshake first = new Handshake(world, this, from, target);
        handshake = first;
        first.start();
    }

    /** Whether nobody has been told of the outcome. At the dialling host. */
    boolean isPending() {
        return !ended;
    }

    /** Puts {@code by} in the place of the present handshake. Between two windows. */
    void replaceHandshake(Handshake by) {
        handshake = by;
    }

    /** The latency or the loss of paths of {@code host} has changed; of all if it is null. */
    void pathChanged(@Nullable VirtualHost host) {
        if (handshake != null) handshake.pathChanged(host);
    }

    /** Cancels the dial because the dialling endpoint is shut down. */
    void withdraw() {
        ended = true;
        boolean ignored = callOff();
        for (DialListener listener : listeners) {
            from.runtime().schedule(0, () -> listener.dialFailed(DialFailure.CLOSED));
        }
    }

    void succeed(VirtualConnection connection) {
        boolean ignored = callOff();
        end();
        for (DialListener listener : listeners) listener.dialled(connection);
    }

    @Override
    protected void fire() {
        end();
        for (DialListener listener : listeners) listener.dialFailed(DialFailure.TIMEOUT);
    }

    private void end() {
        ended = true;
        handshake = null;
        from.dialEnded(remote);
    }
}
