package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bounded channel between handshakes and the accept loop, and that loop, which takes one connection at a time and has to wait
 * for locks before it takes the next. Holds: {@code offered = taken + orphaned + dropped + waiting}.
 */
final class AcceptHandOff extends SerialConsumer implements Runnable {

    enum State {
        IDLE,
        WAITING_FOR_LOCKS
    }

    /** Handshakes that may wait for a slot; the network studied has no bound. */
    private static final int MOST_BLOCKED = 1 << 16;

    private final AcceptConfig config;
    private final PeerRegistry registry;
    private final NodeObserver observer;
    private final Consumer<Connection> reader;
    private final ArrayDeque<Connection> slots = new ArrayDeque<>();
    private final ArrayDeque<Connection> blocked = new ArrayDeque<>();

    private State state = State.IDLE;
    private @Nullable Connection connection;
    private boolean closed;
    private long offered;
    private long taken;
    private long orphaned;
    private long dropped;

    /** @param reader begins to read a connection */
    AcceptHandOff(AcceptConfig config, PeerRegistry registry, NodeObserver observer, Consumer<Connection> reader) {
        this.config = config;
        this.registry = registry;
        this.observer = observer;
        this.reader = reader;
    }

    void offer(Connection accepted) {
        offered++;
        if (closed) {
            dropped++;
        } else if (slots.size() < config.slots()) {
            slots.add(accepted);
            consume();
        } else if (config.whenFull() == AcceptConfig.WhenFull.WAIT && blocked.size() < MOST_BLOCKED) {
            blocked.add(accepted);
        } else {
            orphaned++;
            observer.count(Metric.ORPHANED);
        }
    }

    /** Connections in slots, or before them. */
    int waiting() {
        return slots.size() + blocked.size();
    }

    boolean invariantsHold() {
        return offered == taken + orphaned + dropped + waiting()
                && slots.size() <= config.slots()
                && (blocked.isEmpty() || slots.size() == config.slots());
    }

    void shutdown() {
        closed = true;
        dropped += waiting();
        slots.clear();
        blocked.clear();
    }

    @Override
    boolean beginNext() {
        if (state != State.IDLE || slots.isEmpty()) return false;
        connection = slots.remove();
        taken++;
        if (!blocked.isEmpty()) slots.add(blocked.remove());
        state = State.WAITING_FOR_LOCKS;
        registry.readPeers(config.lockWaits(), this);
        return true;
    }

    /** The locks have been had. */
    @Override
    public void run() {
        Connection read = connection;
        if (state != State.WAITING_FOR_LOCKS || read == null)
            throw new IllegalStateException("locks had while " + state);
        state = State.IDLE;
        connection = null;
        if (closed) return;
        if (read.isOpen()) reader.accept(read);
        consume();
    }
}
