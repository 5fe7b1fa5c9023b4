package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bounded channel between handshakes and the accept loop, and that loop. It takes one connection at a time and waits for locks before
 * it takes the next. Invariant: {@code offered = taken + orphaned + dropped + waiting}.
 */
final class AcceptHandOff extends SerialConsumer implements Runnable {

    enum State {
        IDLE,
        WAITING_FOR_LOCKS
    }

    /** Most handshakes that wait for a slot; the network studied has no bound. */
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

    /** @param reader starts reading a connection */
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

    /** Number of connections in slots or waiting for one. */
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

    /** Called once the locks have been acquired. */
    @Override
    public void run() {
        Connection read = connection;
        if (state != State.WAITING_FOR_LOCKS || read == null)
            throw new IllegalStateException("locks acquired while " + state);
        state = State.IDLE;
        connection = null;
        if (closed) return;
        if (read.isOpen()) reader.accept(read);
        consume();
    }
}
