package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.simulator.kernel.engine.Engine;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of one dial: a message to the remote host, its work there, the answer, the dialling host's work, and a last message. The
 * dialling end opens when its work is done, the other end when the last message or a frame arrives. Each step is an event of the host where
 * it happens; the work takes an event of its own only if the speed of the cores has changed. The remote host does not know when the dialling
 * host has given up.
 */
final class Handshake extends MovableEvent {

    private enum State {
        /** The first message travels to the remote host. */
        ASKING,
        /** The remote host's part waits for its cores, whose speed has changed. */
        ANSWERING,
        /** The remote host does its part, then the answer travels back. */
        ANSWERED,
        /** The dialling host's part waits for its cores, whose speed has changed. */
        CONFIRMING,
        /** The dialling host does its part. */
        ESTABLISHING,
        /** The last message travels to the remote host. */
        FINISHING
    }

    private static final int PACKETS = 3;

    private final VirtualWorld world;
    private final Dial dial;
    private final VirtualEndpoint from;
    private final VirtualEndpoint to;
    private State state = State.ASKING;

    /** When the remote host's part is done, and the random numbers of the path after it. */
    private long answersNanos;

    private double jitterDrawn;
    private double lossDrawn;

    /** The remote end of the connection, once this end is open. */
    private @Nullable VirtualConnection far;

    Handshake(VirtualWorld world, Dial dial, VirtualEndpoint from, VirtualEndpoint to) {
        this.world = world;
        this.dial = dial;
        this.from = from;
        this.to = to;
    }

    void start() {
        travel(State.ASKING, from.host(), to.host());
    }

    @Override
    protected void fire() {
        if (state == State.FINISHING) {
            finish();
            return;
        }
        if (to.isDown() || from.host().isCutFrom(to.host())) return; // the dial runs into its time-out
        switch (state) {
            case ASKING -> answer();
            case ANSWERING -> travel(State.ANSWERED, to.host(), from.host());
            case ANSWERED -> confirm();
            default -> establish();
        }
    }

    private void answer() {
        VirtualHost host = to.host();
        double nanos = world.costs().priceNanos(WorkKind.HANDSHAKE, 0);
        if (nanos > 0 && host.processors().hasChanged()) {
            state = State.ANSWERING;
            host.processors().run(host.nowNanos(), nanos, this);
            return;
        }
        answersNanos = nanos == 0 ? host.nowNanos() : host.processors().occupyFor(host.nowNanos(), nanos, this);
        long pathNanos = world.paths().drawNanos(host, from.host(), PACKETS);
        jitterDrawn = host.paths.jitterDrawn();
        lossDrawn = host.paths.lossDrawn();
        state = State.ANSWERED;
        host.partition().send(host, from.host(), this, Engine.after(answersNanos, pathNanos));
    }

    private void confirm() {
        if (!dial.isPending()) return;
        VirtualHost host = from.host();
        double nanos = world.costs().priceNanos(WorkKind.HANDSHAKE, 0);
        if (nanos > 0 && host.processors().hasChanged()) {
            state = State.CONFIRMING;
            host.processors().run(host.nowNanos(), nanos, this);
            return;
        }
        state = State.ESTABLISHING;
        long doneNanos = nanos == 0 ? host.nowNanos() : host.processors().occupyFor(host.nowNanos(), nanos, this);
        host.events().schedule(this, doneNanos);
    }

    private void establish() {
        if (!dial.isPending()) return;
        VirtualConnection near = from.establish(to);
        VirtualConnection other = near.other;
        if (other != null && other.opening) {
            far = other;
            travel(State.FINISHING, from.host(), to.host());
        }
        dial.succeed(near);
    }

    private void finish() {
        if (far == null) throw new IllegalStateException("the end of a handshake without a connection");
        if (from.host().isCutFrom(to.host())) to.refuse(far);
        else to.accept(far);
    }

    private void travel(State next, VirtualHost by, VirtualHost towards) {
        state = next;
        by.partition().send(by, towards, this, by.events().later(world.paths().drawNanos(by, towards, PACKETS)));
    }

    /** The latency or the loss of paths of {@code host} has changed; of all if it is null. An answer that has not left takes the new path. */
    void pathChanged(@Nullable VirtualHost host) {
        if (host != null && host != from.host() && host != to.host()) return;
        if (state != State.ANSWERED || answersNanos <= to.host().nowNanos()) return;
        if (!callOff()) return;
        Handshake moved = replacement();
        moved.state = state;
        moved.answersNanos = answersNanos;
        moved.jitterDrawn = jitterDrawn;
        moved.lossDrawn = lossDrawn;
        to.host().processors().replace(this, moved);
        long pathNanos = world.paths().nanos(to.host(), from.host(), PACKETS, jitterDrawn, lossDrawn);
        to.host().partition().send(to.host(), from.host(), moved, Engine.after(answersNanos, pathNanos));
    }

    /** The same handshake, waiting for the work in progress. */
    @Override
    MovableEvent copy() {
        Handshake copy = replacement();
        boolean remote = state == State.ANSWERED || state == State.ANSWERING;
        copy.state = remote ? State.ANSWERING : State.CONFIRMING;
        return copy;
    }

    private Handshake replacement() {
        Handshake copy = new Handshake(world, dial, from, to);
        dial.replaceHandshake(copy);
        return copy;
    }
}
