package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dial: a round trip, and the work of a handshake first at the remote host and then at the dialling host. Both ends of the connection
 * open at the same instant.
 */
final class Dial extends Event {

    private enum State {
        ASKING,
        ANSWERED,
        ESTABLISHING,
        FAILING
    }

    private static final int HANDSHAKE_PACKETS = 3;

    private final VirtualWorld world;
    private final VirtualEndpoint from;
    private final NodeAddress remote;
    private final long deadlineNanos;
    private final List<DialListener> listeners = new ArrayList<>(1);
    private @Nullable VirtualEndpoint to;
    private State state = State.ASKING;

    Dial(VirtualWorld world, VirtualEndpoint from, NodeAddress remote) {
        this.world = world;
        this.from = from;
        this.remote = remote;
        this.deadlineNanos = world.engine().later(world.dialTimeoutNanos());
    }

    void join(DialListener listener) {
        listeners.add(listener);
    }

    void start() {
        VirtualEndpoint target = world.endpointAt(remote);
        to = target;
        if (target == null || target == from) give(State.FAILING, deadlineNanos);
        else give(State.ASKING, world.engine().later(pathNanos(from, target)));
    }

    /** Cancels the dial because the dialling endpoint is shut down. */
    void withdraw() {
        world.engine().cancel(this);
        for (DialListener listener : listeners) {
            from.runtime().schedule(0, () -> listener.dialFailed(DialFailure.CLOSED));
        }
    }

    @Override
    protected void fire() {
        VirtualEndpoint target = to;
        if (state == State.FAILING || target == null) {
            end(null);
        } else if (target.isDown() || from.host().isCutFrom(target.host())) {
            give(State.FAILING, deadlineNanos);
        } else if (state == State.ASKING) {
            give(State.ANSWERED, Engine.after(shakeHands(target.host()), pathNanos(target, from)));
        } else if (state == State.ANSWERED) {
            give(State.ESTABLISHING, shakeHands(from.host()));
        } else {
            end(from.establish(target));
        }
    }

    private void end(@Nullable VirtualConnection connection) {
        from.dialEnded(remote);
        for (DialListener listener : listeners) {
            if (connection != null) listener.dialled(connection);
            else listener.dialFailed(DialFailure.TIMEOUT);
        }
    }

    private void give(State next, long atNanos) {
        state = atNanos > deadlineNanos ? State.FAILING : next;
        world.engine().schedule(this, Math.min(atNanos, deadlineNanos));
    }

    private long shakeHands(VirtualHost host) {
        double nanos = world.costs().priceNanos(WorkKind.HANDSHAKE, 0);
        long nowNanos = world.engine().nowNanos();
        return nanos == 0 ? nowNanos : host.processors().occupy(nowNanos, nanos);
    }

    private long pathNanos(VirtualEndpoint sender, VirtualEndpoint receiver) {
        return world.paths().drawNanos(sender.host(), receiver.host(), HANDSHAKE_PACKETS);
    }
}
