package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.NodeObserver;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast with one receiver: publishing never waits, and a receiver that lags loses the oldest events of any kind. Invariant: {@code
 * published = taken + lagged + size}, per event. One thread.
 */
final class EventRing {

    private static final int EVENTS = ConnectionEvent.values().length;

    private final NodeObserver observer;
    private final ConnectionEvent[] events;
    private final @Nullable Connection[] connections;
    private final long[] published = new long[EVENTS];
    private final long[] taken = new long[EVENTS];
    private final long[] lagged = new long[EVENTS];
    private int head;
    private int size;
    private @Nullable Connection takenConnection;

    EventRing(int slots, NodeObserver observer) {
        this.observer = observer;
        events = new ConnectionEvent[slots];
        connections = new @Nullable Connection[slots];
        Arrays.fill(events, ConnectionEvent.DATA);
    }

    /** @param connection null for {@link ConnectionEvent#DATA}, which no task handles */
    void publish(ConnectionEvent event, @Nullable Connection connection) {
        published[event.ordinal()]++;
        if (size == events.length) {
            ConnectionEvent lost = remove();
            lagged[lost.ordinal()]++;
            observer.count(Metric.EVENTS_LAGGED, lost);
        }
        int tail = (head + size++) % events.length;
        events[tail] = event;
        connections[tail] = connection;
    }

    /** Takes the oldest event, whose connection is {@link #connection}; null if there is none. */
    @Nullable
    ConnectionEvent take() {
        if (size == 0) return null;
        ConnectionEvent event = remove();
        taken[event.ordinal()]++;
        return event;
    }

    /** Connection of the event taken last. */
    Connection connection() {
        if (takenConnection == null) throw new IllegalStateException("no connection was taken");
        return takenConnection;
    }

    int size() {
        return size;
    }

    /** Passes the connection of each waiting event that has one, oldest first. */
    void forEachConnection(Consumer<Connection> visitor) {
        for (int i = 0; i < size; i++) {
            Connection waiting = connections[(head + i) % events.length];
            if (waiting != null) visitor.accept(waiting);
        }
    }

    /** Counts all remaining events as lost. */
    void shutdown() {
        while (size > 0) lagged[remove().ordinal()]++;
    }

    boolean invariantsHold() {
        long[] waiting = new long[EVENTS];
        for (int i = 0; i < size; i++) waiting[events[(head + i) % events.length].ordinal()]++;
        for (int i = 0; i < EVENTS; i++) {
            if (published[i] != taken[i] + lagged[i] + waiting[i]) return false;
        }
        return true;
    }

    private ConnectionEvent remove() {
        ConnectionEvent event = events[head];
        takenConnection = connections[head];
        connections[head] = null;
        head = (head + 1) % events.length;
        size--;
        return event;
    }
}
