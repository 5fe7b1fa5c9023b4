package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dial: a round trip, and the work of a handshake first at the remote host and then at the dialling host. Both ends of the connection
 * open at the same instant. It takes one event for each step and none for the work, unless the speed of the cores changes.
 */
final class Dial extends MovableEvent {

    private enum State {
        ASKING,
        ANSWERED,
        ESTABLISHING,
        FAILING,
        /** The remote host's part of the handshake waits for its cores, whose speed has changed. */
        ANSWERING,
        /** The same for the dialling host. */
        CONFIRMING,
        ENDED
    }

    private static final int HANDSHAKE_PACKETS = 3;

    private final VirtualWorld world;
    private final VirtualEndpoint from;
    private final NodeAddress remote;
    private final long deadlineNanos;
    private final List<DialListener> listeners;
    private @Nullable VirtualEndpoint to;
    private State state = State.ASKING;

    /** The work that the scheduled step follows. */
    private State work = State.ANSWERING;

    /** When the remote host's part is done, and the random numbers of the path after it; only if hosts change. */
    private long answersNanos;

    private double jitterDrawn;
    private double lossDrawn;

    /** Ends the dial while work waits for cores whose speed has changed. */
    private @Nullable Timer timeOut;

    Dial(VirtualWorld world, VirtualEndpoint from, NodeAddress remote) {
        this(world, from, remote, world.engine().later(world.dialTimeoutNanos()), new ArrayList<>(1));
    }

    private Dial(
            VirtualWorld world,
            VirtualEndpoint from,
            NodeAddress remote,
            long deadlineNanos,
            List<DialListener> listeners) {
        this.world = world;
        this.from = from;
        this.remote = remote;
        this.deadlineNanos = deadlineNanos;
        this.listeners = listeners;
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
        cancelTimeOut();
        state = State.ENDED;
        for (DialListener listener : listeners) {
            from.runtime().schedule(0, () -> listener.dialFailed(DialFailure.CLOSED));
        }
    }

    @Override
    protected void fire() {
        VirtualEndpoint target = to;
        if (state == State.ENDED) return; // the time-out came before the work was done
        cancelTimeOut();
        if (state == State.FAILING || target == null) {
            end(null);
        } else if (target.isDown() || from.host().isCutFrom(target.host())) {
            give(State.FAILING, deadlineNanos);
        } else {
            switch (state) {
                case ASKING -> shakeHands(target, State.ANSWERING);
                case ANSWERING -> give(State.ANSWERED, world.engine().later(pathNanos(target, from)));
                case ANSWERED -> shakeHands(from, State.CONFIRMING);
                default -> end(from.establish(target));
            }
        }
    }

    private void end(@Nullable VirtualConnection connection) {
        state = State.ENDED;
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

    /** Does one end's part of the handshake. */
    private void shakeHands(VirtualEndpoint at, State work) {
        this.work = work;
        double nanos = world.costs().priceNanos(WorkKind.HANDSHAKE, 0);
        Processors processors = at.host().processors();
        long nowNanos = world.engine().nowNanos();
        if (nanos > 0 && processors.hasChanged()) {
            await(work);
            processors.run(nowNanos, nanos, this);
            return;
        }
        long doneNanos = nanos == 0 ? nowNanos : processors.occupyFor(nowNanos, nanos, this);
        if (work == State.CONFIRMING) {
            give(State.ESTABLISHING, doneNanos);
            return;
        }
        long pathNanos = pathNanos(at, from);
        answersNanos = doneNanos;
        jitterDrawn = world.paths().jitterDrawn();
        lossDrawn = world.paths().lossDrawn();
        give(State.ANSWERED, Engine.after(doneNanos, pathNanos));
    }

    /** The latency or the loss of paths of {@code host} has changed; of all if it is null. An answer that has not left takes the new path. */
    void pathChanged(@Nullable VirtualHost host) {
        VirtualEndpoint target = to;
        if (target == null || host != null && host != from.host() && host != target.host()) return;
        if (work != State.ANSWERING
                || timeOut != null
                || answersNanos <= world.engine().nowNanos()) return;
        if (!world.engine().cancel(this)) return;
        Dial moved = replacement();
        moved.answersNanos = answersNanos;
        moved.jitterDrawn = jitterDrawn;
        moved.lossDrawn = lossDrawn;
        target.host().processors().replace(this, moved);
        moved.give(
                State.ANSWERED,
                Engine.after(
                        answersNanos,
                        world.paths().nanos(target.host(), from.host(), HANDSHAKE_PACKETS, jitterDrawn, lossDrawn)));
    }

    private void await(State work) {
        this.work = work;
        state = work;
        timeOut = world.engine().schedule(deadlineNanos - world.engine().nowNanos(), () -> end(null));
    }

    private void cancelTimeOut() {
        if (timeOut != null) timeOut.cancel();
        timeOut = null;
    }

    /** The same dial, waiting for the work in progress. */
    @Override
    MovableEvent copy() {
        Dial copy = replacement();
        copy.await(work);
        return copy;
    }

    private Dial replacement() {
        Dial copy = new Dial(world, from, remote, deadlineNanos, listeners);
        copy.to = to;
        copy.work = work;
        from.replaceDial(remote, copy);
        return copy;
    }

    private long pathNanos(VirtualEndpoint sender, VirtualEndpoint receiver) {
        return world.paths().drawNanos(sender.host(), receiver.host(), HANDSHAKE_PACKETS);
    }
}
