package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.NodeAddress;
import org.jspecify.annotations.Nullable;

/**
 * The requests and notices of one topic on their way to its handler: a bounded queue and a number of permits. Each permit carries one
 * message at a time through reads of the peer map, processor and handler. When the queue is full, its oldest message is dropped.
 */
public final class HandlerPool extends QueueConsumer {

    private final NodeRuntime runtime;
    private final NodeObserver observer;
    private final PeerRegistry registry;
    private final Sharding sharding;
    private final int permits;
    private final int peerReads;
    private final int number;
    private final QueueCounterTable accounts;
    private final EventQueue queue;

    private @Nullable MessageHandler handler;

    /** Idle permits, the one used last first, since it is most likely in a cache. */
    private @Nullable Permit idle;

    private int busy;

    private boolean closed;

    /**
     * @param permits messages handled at a time
     * @param peerReads times a message reads the peer map before it is handled
     * @param number index of the queue in {@code accounts}
     */
    HandlerPool(
            NodeRuntime runtime,
            NodeObserver observer,
            PeerRegistry registry,
            Sharding sharding,
            int capacity,
            int permits,
            int peerReads,
            QueueCounterTable accounts,
            int number) {
        if (permits < 1) throw new IllegalArgumentException("handlers: got " + permits + ", expected 1 or more");
        this.runtime = runtime;
        this.observer = observer;
        this.registry = registry;
        this.sharding = sharding;
        this.permits = permits;
        this.peerReads = peerReads;
        this.number = number;
        this.accounts = accounts;
        queue = new EventQueue(capacity, accounts, number);
    }

    void subscribe(MessageHandler handler) {
        if (this.handler != null) throw new IllegalStateException("this topic has a handler already");
        this.handler = handler;
    }

    void offer(Connection connection, Envelope envelope) {
        if (!closed && !isConsuming() && busy < permits) { // so nothing waits
            accounts.pass(number, envelope.message().kind());
            permit().begin(envelope);
            return;
        }
        if (!closed && queue.isFull()) dropOldest(DropCause.HANDLER_LAGGED);
        queue.offer(connection.remote(), envelope);
        queued();
        if (closed) dropOldest(DropCause.SHUT_DOWN);
        else consumeQueue();
    }

    /** Number of messages that wait for a permit. */
    @Override
    public int depth() {
        return queue.size();
    }

    /** Number of messages being handled. */
    public int busy() {
        return busy;
    }

    public QueueCounters account() {
        return queue.account();
    }

    boolean invariantsHold() {
        return queue.invariantsHold()
                && busy <= permits
                && (queue.size() == 0 || closed || isConsuming() || busy == permits);
    }

    void shutdown() {
        closed = true;
        while (queue.size() > 0) dropOldest(DropCause.SHUT_DOWN);
    }

    private void dropOldest(DropCause cause) {
        Envelope lost = queue.drop();
        if (lost == null) return;
        NodeAddress source = queue.removedSource();
        observer.dropped(sharding.shardOf(source), cause, lost.message().kind(), source);
    }

    @Override
    boolean beginNext() {
        if (closed || busy == permits) return false;
        Envelope oldest = queue.take();
        if (oldest == null) return false;
        permit().begin(oldest);
        return true;
    }

    private Permit permit() {
        busy++;
        Permit free = idle;
        if (free == null) return new Permit();
        idle = free.nextIdle;
        return free;
    }

    /** Processing of one message; reused. It is its own continuation for each step; the state says which step is done. */
    private final class Permit implements Runnable {

        private enum State {
            FREE,
            READING_PEERS,
            COMPUTING,
            HANDLING
        }

        private State state = State.FREE;
        private @Nullable Envelope envelope;
        private @Nullable Permit nextIdle;

        void begin(Envelope envelope) {
            this.envelope = envelope;
            state = State.READING_PEERS;
            if (peerReads == 0) peersRead();
            else registry.readPeers(peerReads, this);
        }

        @Override
        public void run() {
            switch (state) {
                case READING_PEERS -> peersRead();
                case COMPUTING -> computed();
                case HANDLING -> done();
                case FREE -> throw new IllegalStateException("a step ended without a message");
            }
        }

        private void peersRead() {
            state = State.COMPUTING;
            runtime.run(WorkKind.HANDLE, envelope().message().payloadBytes(), this);
        }

        private void computed() {
            state = State.HANDLING;
            Envelope now = envelope();
            MessageHandler to = handler;
            if (closed || to == null) done();
            else to.handle(now.from(), now.message(), this);
        }

        private void done() {
            state = State.FREE;
            envelope = null;
            nextIdle = idle;
            idle = this;
            busy--;
            consumeQueue();
        }

        private Envelope envelope() {
            if (envelope == null) throw new IllegalStateException("a permit without a message");
            return envelope;
        }
    }
}
