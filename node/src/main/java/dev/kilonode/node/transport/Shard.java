package dev.kilonode.node.transport;

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
 * One bounded queue of inbound frames and its consumer, which takes one message at a time: verify, judge its time stamp, record
 * who spoke, hand it on. Holds: {@code offered = taken + dropped + depth}. Allocates nothing per message.
 */
public final class Shard implements Runnable {

    enum State {
        IDLE,
        VERIFYING,
        RECORDING
    }

    private final int index;
    private final NodeRuntime runtime;
    private final Sealer sealer;
    private final NodeObserver observer;
    private final Refusals refusals;
    private final PeerRegistry.Registrar registrar;
    private final Inlet inlet;
    private final long replayWindowSeconds;
    private final long futureToleranceSeconds;
    private final FrameQueue queue;
    private final Opening opening = new Opening();

    private State state = State.IDLE;
    private boolean pumping;
    private boolean closed;
    private long passed;

    Shard(
            int index,
            int capacity,
            TransportConfig config,
            NodeRuntime runtime,
            Sealer sealer,
            NodeObserver observer,
            Refusals refusals,
            PeerRegistry.Registrar registrar,
            Inlet inlet) {
        this.index = index;
        this.runtime = runtime;
        this.sealer = sealer;
        this.observer = observer;
        this.refusals = refusals;
        this.registrar = registrar;
        this.inlet = inlet;
        replayWindowSeconds = config.replayWindow().toSeconds();
        futureToleranceSeconds = config.futureTolerance().toSeconds();
        queue = new FrameQueue(capacity);
    }

    /** @return false: full or closed; dropped, counted and told */
    boolean offer(Connection connection, Frame frame) {
        if (state == State.IDLE && !pumping && !closed && queue.pass(connection, frame, runtime.nowNanos())) {
            begin();
            return true;
        }
        boolean kept = queue.offer(connection, frame, runtime.nowNanos());
        if (!kept) {
            observer.dropped(index, DropCause.SHARD_FULL, frame.kind(), connection.remote());
        } else if (closed) {
            dropWaiting();
            return false;
        } else {
            pump();
        }
        return kept;
    }

    /** Frames that wait, without the one being worked on. */
    public int depth() {
        return queue.size();
    }

    /** Slots of the queue. */
    public int capacity() {
        return queue.capacity();
    }

    /** Whether a message is being worked on. */
    public boolean isBusy() {
        return state != State.IDLE;
    }

    /** What was offered, taken and dropped, per kind as declared by the frames. */
    public QueueAccount account() {
        return queue.account();
    }

    /** Messages handed on: neither dropped nor refused. */
    public long passed() {
        return passed;
    }

    boolean balanced() {
        return queue.balanced();
    }

    void shutdown() {
        closed = true;
        dropWaiting();
    }

    private void dropWaiting() {
        while (queue.drop()) {
            observer.dropped(
                    index,
                    DropCause.SHUT_DOWN,
                    queue.frame().kind(),
                    queue.connection().remote());
        }
        if (state == State.IDLE) queue.forgetTaken();
    }

    /** A loop, not a recursion: where work is free each step ends within the call that began it. */
    private void pump() {
        if (pumping) return;
        pumping = true;
        while (!closed && state == State.IDLE && queue.take()) begin();
        pumping = false;
    }

    private void begin() {
        state = State.VERIFYING;
        opening.begin(queue.connection(), queue.frame(), queue.offeredNanos());
        queue.forgetTaken();
        runtime.run(opening, this);
    }

    /** The step it waits for is done; one object serves for all steps, which spares a cold one. Not for others to call. */
    @Override
    public void run() {
        switch (state) {
            case VERIFYING -> verified();
            case RECORDING -> recorded();
            case IDLE -> throw new IllegalStateException("a step was done of no message");
        }
    }

    private void verified() {
        if (closed) return;
        Envelope envelope = opening.envelope();
        RefusalCause cause = opening.refusal();
        if (envelope != null) cause = judgeTime(envelope.unixSeconds());
        if (cause != null || envelope == null) {
            Connection connection = opening.connection();
            Frame frame = opening.frame();
            next();
            refusals.refuse(cause == null ? RefusalCause.MALFORMED : cause, connection, frame);
            pump();
            return;
        }
        state = State.RECORDING;
        if (envelope.from().equals(sealer.self())) recorded();
        else registrar.record(opening.connection(), envelope.from(), envelope.client(), this);
    }

    private void recorded() {
        if (closed) return;
        Connection connection = opening.connection();
        Envelope envelope = opening.envelope();
        if (envelope == null) throw new IllegalStateException("recorded nothing");
        passed++;
        observer.delivered(
                index,
                envelope.message().kind(),
                opening.frame().sizeBytes(),
                runtime.nowNanos() - opening.offeredNanos);
        next();
        inlet.passed(connection, envelope);
        pump();
    }

    private void next() {
        state = State.IDLE;
        opening.end();
    }

    private @Nullable RefusalCause judgeTime(long stampSeconds) {
        long ageSeconds = runtime.unixSeconds() - stampSeconds;
        if (ageSeconds > replayWindowSeconds) return RefusalCause.REPLAYED;
        if (ageSeconds < -futureToleranceSeconds) return RefusalCause.FROM_THE_FUTURE;
        return null;
    }

    /** The message being worked on, and its verification as a computation. */
    private final class Opening implements Work {

        private @Nullable Connection connection;
        private @Nullable Frame frame;
        private long offeredNanos;
        private boolean opened;
        private @Nullable Envelope envelope;
        private @Nullable RefusalCause refusal;

        void begin(Connection connection, Frame frame, long offeredNanos) {
            this.connection = connection;
            this.frame = frame;
            this.offeredNanos = offeredNanos;
            opened = false;
        }

        void end() {
            connection = null;
            frame = null;
            envelope = null;
            refusal = null;
        }

        @Override
        public WorkKind kind() {
            return WorkKind.VERIFY;
        }

        @Override
        public long bytes() {
            return frame().sizeBytes();
        }

        @Override
        public void compute() {
            opened = true;
            try {
                envelope = sealer.open(frame());
            } catch (RefusedException e) {
                refusal = e.refusal();
            }
        }

        @Nullable
        Envelope envelope() {
            if (!opened) compute(); // a world that only charges for work leaves the reading of the envelope to us
            return envelope;
        }

        @Nullable
        RefusalCause refusal() {
            return refusal;
        }

        Connection connection() {
            if (connection == null) throw new IllegalStateException("no message is being worked on");
            return connection;
        }

        Frame frame() {
            if (frame == null) throw new IllegalStateException("no message is being worked on");
            return frame;
        }
    }
}
