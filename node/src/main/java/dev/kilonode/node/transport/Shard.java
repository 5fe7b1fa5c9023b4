package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of inbound frames and its consumer, which takes one message at a time: verify, check the time stamp, record the sender,
 * pass it on. Invariant: {@code offered = taken + dropped + depth}, and nothing waits while the consumer is idle. Allocates nothing per
 * message. A single object implements all steps, because each further object costs a cache line in each of a thousand nodes.
 */
public final class Shard extends QueueConsumer implements Runnable, Work {

    enum State {
        IDLE,
        VERIFYING,
        RECORDING
    }

    private final int index;
    private final NodeRuntime runtime;
    private final MessageSigner signer;
    private final NodeObserver observer;
    private final Refusals refusals;
    private final PeerRegistry.Registrar registrar;
    private final MessageRouter router;
    private final long replayWindowSeconds;
    private final long futureToleranceSeconds;
    private final QueueCounterTable accounts;
    private final FrameQueue queue;

    private State state = State.IDLE;
    private boolean closed;

    private long passed;

    // The message being processed
    private @Nullable Connection connection;
    private @Nullable Frame frame;
    private @Nullable Envelope envelope;
    private @Nullable RefusalCause refusal;
    private long offeredNanos;

    Shard(
            int index,
            int capacity,
            TransportConfig config,
            NodeRuntime runtime,
            MessageSigner signer,
            NodeObserver observer,
            Refusals refusals,
            PeerRegistry.Registrar registrar,
            MessageRouter router,
            QueueCounterTable accounts) {
        this.index = index;
        this.runtime = runtime;
        this.signer = signer;
        this.observer = observer;
        this.refusals = refusals;
        this.registrar = registrar;
        this.router = router;
        this.accounts = accounts;
        replayWindowSeconds = config.replayWindow().toSeconds();
        futureToleranceSeconds = config.futureTolerance().toSeconds();
        queue = new FrameQueue(capacity, accounts, queueOf(index));
    }

    /** Index of the shard's queue among the node's queues. */
    static int queueOf(int shard) {
        return Dispatcher.QUEUE + 1 + shard;
    }

    /** @return false if full or closed; the frame is dropped, counted and reported */
    boolean offer(Connection connection, Frame frame) {
        if (state == State.IDLE && !isConsuming() && !closed) {
            accounts.pass(queueOf(index), frame.kind());
            begin(connection, frame, runtime.nowNanos());
            return true;
        }
        boolean kept = queue.offer(connection, frame, runtime.nowNanos());
        queued();
        if (!kept) {
            observer.dropped(index, DropCause.SHARD_FULL, frame.kind(), connection.remote());
        } else if (closed) {
            dropWaiting();
            return false;
        } else {
            consumeQueue();
        }
        return kept;
    }

    /** Number of waiting frames, without the one being processed. */
    @Override
    public int depth() {
        return queue.size();
    }

    /** Slots of the queue. */
    public int capacity() {
        return queue.capacity();
    }

    /** Whether a message is being processed. */
    public boolean isBusy() {
        return state != State.IDLE;
    }

    /** Counters of offered, taken and dropped frames, per kind as declared by the frames. */
    public QueueCounters account() {
        return queue.account();
    }

    /** Number of messages passed on: neither dropped nor refused. */
    public long passed() {
        return passed;
    }

    /** The connection of the message that is being recorded, or null. */
    @Nullable
    Connection recording() {
        return state == State.RECORDING ? connection : null;
    }

    boolean invariantsHold() {
        return queue.invariantsHold() && (queue.size() == 0 || closed || isConsuming() || isBusy());
    }

    void shutdown() {
        closed = true;
        dropWaiting();
    }

    private void dropWaiting() {
        queue.dropAll((from, lost) -> observer.dropped(index, DropCause.SHUT_DOWN, lost.kind(), from.remote()));
    }

    @Override
    boolean beginNext() {
        if (closed || state != State.IDLE) return false;
        FrameQueue.Waiting oldest = queue.take();
        if (oldest == null) return false;
        begin(oldest.connection, oldest.frame, oldest.offeredNanos);
        return true;
    }

    private void begin(Connection from, Frame taken, long sinceNanos) {
        state = State.VERIFYING;
        connection = from;
        frame = taken;
        offeredNanos = sinceNanos;
        runtime.run(this, this);
    }

    /** Called when the current step is done. Not for other callers. */
    @Override
    public void run() {
        switch (state) {
            case VERIFYING -> verified();
            case RECORDING -> recorded();
            case IDLE -> throw new IllegalStateException("a step ended without a message");
        }
    }

    @Override
    public WorkKind kind() {
        return WorkKind.VERIFY;
    }

    @Override
    public long bytes() {
        return frame().sizeBytes();
    }

    /** Verifies and decodes the current message. Not for other callers. */
    @Override
    public void compute() {
        try {
            envelope = signer.open(frame());
        } catch (RefusedException e) {
            refusal = e.refusal();
        }
    }

    private void verified() {
        if (closed) return;
        if (envelope == null && refusal == null)
            compute(); // in a world that only charges for work, the frame is opened here
        Envelope read = envelope;
        RefusalCause cause = read == null ? refusal : checkTime(read.unixSeconds());
        if (cause != null || read == null) {
            refusals.refuse(cause == null ? RefusalCause.MALFORMED : cause, connection(), frame());
            next();
            return;
        }
        state = State.RECORDING;
        if (read.from().equals(signer.self())) recorded();
        else registrar.record(connection(), read.from(), read.client(), this);
    }

    private void recorded() {
        if (closed) return;
        Envelope read = envelope;
        if (read == null) throw new IllegalStateException("recorded nothing");
        passed++;
        observer.countMessage(Metric.DELIVERED, read.message().kind());
        observer.recordNanos(Metric.SHARD_RESIDENCE, runtime.nowNanos() - offeredNanos);
        router.passed(connection(), read);
        next();
    }

    private void next() {
        connection = null;
        frame = null;
        envelope = null;
        refusal = null;
        state = State.IDLE;
        consumeQueue();
    }

    private @Nullable RefusalCause checkTime(long stampSeconds) {
        long ageSeconds = runtime.unixSeconds() - stampSeconds;
        if (ageSeconds > replayWindowSeconds) return RefusalCause.REPLAYED;
        if (ageSeconds < -futureToleranceSeconds) return RefusalCause.FROM_THE_FUTURE;
        return null;
    }

    private Connection connection() {
        if (connection == null) throw new IllegalStateException("no message is being worked on");
        return connection;
    }

    private Frame frame() {
        if (frame == null) throw new IllegalStateException("no message is being worked on");
        return frame;
    }
}
