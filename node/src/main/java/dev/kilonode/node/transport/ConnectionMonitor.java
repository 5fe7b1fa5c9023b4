package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The task that handles connections that come up and end, behind two broadcasts: the endpoint's, which also carries an event per message
 * and is drained whenever a task gets a processor; and its own, which carries connection events only. It takes one event at a time. After
 * a connection that came up it waits for its announce; after one that ended, for the peer map. Events that are overwritten meanwhile are
 * lost: an announce is never sent, or a peer still counts as connected.
 */
final class ConnectionMonitor extends SerialConsumer {

    enum State {
        IDLE,
        ANNOUNCING,
        REMOVING,
        CLOSED
    }

    private final NodeRuntime runtime;
    private final TransportContext context;
    private final Connections connections;
    private final EventRing broadcast;
    private final EventRing own;
    private final Runnable forward = this::forward;
    private final Runnable done = this::done;
    private State state = State.IDLE;
    private boolean forwarding;

    ConnectionMonitor(
            ConnectionEventsConfig config,
            NodeRuntime runtime,
            TransportContext context,
            Connections connections,
            NodeObserver observer) {
        this.runtime = runtime;
        this.context = context;
        this.connections = connections;
        broadcast = new EventRing(config.broadcastSlots(), observer);
        own = new EventRing(config.monitorSlots(), observer);
    }

    void publish(ConnectionEvent event, @Nullable Connection connection) {
        if (state == State.CLOSED) return;
        broadcast.publish(event, connection);
        if (forwarding) return;
        forwarding = true;
        runtime.wakeUp(forward);
    }

    /** Passes each connection with an event that waits or is being handled. */
    void forEachPending(Consumer<Connection> visitor) {
        broadcast.forEachConnection(visitor);
        own.forEachConnection(visitor);
        if (state == State.ANNOUNCING || state == State.REMOVING) visitor.accept(own.connection());
    }

    boolean invariantsHold() {
        return broadcast.invariantsHold() && own.invariantsHold();
    }

    void shutdown() {
        state = State.CLOSED;
        broadcast.shutdown();
        own.shutdown();
    }

    private void forward() {
        forwarding = false;
        ConnectionEvent event = broadcast.take();
        while (event != null) {
            if (event != ConnectionEvent.DATA) own.publish(event, broadcast.connection());
            event = broadcast.take();
        }
        consume();
    }

    @Override
    boolean beginNext() {
        if (state != State.IDLE) return false;
        ConnectionEvent event = own.take();
        if (event == null) return false;
        if (event == ConnectionEvent.UP) {
            state = State.ANNOUNCING;
            connections.connected(own.connection());
            connections.announcer().whenIdle(done);
        } else {
            state = State.REMOVING;
            connections.closed(own.connection());
            context.registry().readPeers(1, done); // runs after the removal, since the lock is fair
        }
        return true;
    }

    private void done() {
        if (state == State.CLOSED) return;
        state = State.IDLE;
        consume();
    }
}
