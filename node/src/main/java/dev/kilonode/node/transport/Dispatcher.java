package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.WorkKind;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames from the bounded receive queue one after another and offers each to its source's shard. A full shard drops the frame,
 * which is counted, and the dispatcher continues. A frame that finds the receive queue full is dropped or, if a patience is configured,
 * waits for a free slot and is dropped when its time is up.
 */
final class Dispatcher extends QueueConsumer implements Runnable {

    /** Index of the receive queue among the node's queues. */
    static final int QUEUE = 0;

    private final NodeRuntime runtime;
    private final NodeObserver observer;
    private final Refusals refusals;
    private final long maxFrameBytes;
    private final Sharding sharding;
    private final Shard[] shards;
    private final QueueCounterTable accounts;
    private final FrameQueue queue;
    private final @Nullable RetryQueue retries;

    private @Nullable Connection connection;
    private @Nullable Frame frame;
    private boolean closed;

    private long shardDrops;

    Dispatcher(
            TransportConfig config,
            NodeRuntime runtime,
            NodeObserver observer,
            Refusals refusals,
            Sharding sharding,
            Shard[] shards,
            QueueCounterTable accounts) {
        this.runtime = runtime;
        this.observer = observer;
        this.refusals = refusals;
        this.sharding = sharding;
        this.shards = shards;
        maxFrameBytes = config.maxFrame().count();
        this.accounts = accounts;
        queue = new FrameQueue(config.receiveCapacity() + config.upstreamSlots(), accounts, QUEUE);
        long patienceNanos = config.receivePatience().toNanos();
        retries = patienceNanos == 0
                ? null
                : new RetryQueue(
                        runtime, patienceNanos, (from, lost) -> dropped(DropCause.RECEIVE_QUEUE_FULL, from, lost));
    }

    void received(Connection connection, Frame frame) {
        observer.countMessage(Metric.OFFERED, frame.kind());
        if (frame.sizeBytes() > maxFrameBytes) {
            refusals.refuse(RefusalCause.OVERSIZE, connection, frame);
            return;
        }
        if (this.frame == null && !isConsuming() && !closed) { // so nothing waits
            accounts.pass(QUEUE, frame.kind());
            begin(connection, frame);
        } else if (retries != null && !closed && queue.isFull()) {
            retries.offer(connection, frame);
        } else if (!queue.offer(connection, frame, runtime.nowNanos())) {
            dropped(DropCause.RECEIVE_QUEUE_FULL, connection, frame);
        } else if (closed) {
            dropWaiting();
        } else {
            queued();
            consumeQueue();
        }
    }

    /** Number of waiting frames, without the one being read. */
    @Override
    int depth() {
        return queue.size();
    }

    /** Number of frames that wait for a slot in the receive queue. */
    int retries() {
        return retries == null ? 0 : retries.size();
    }

    QueueCounters account() {
        return queue.account();
    }

    /** Number of frames dropped because their shard was full. */
    long shardDrops() {
        return shardDrops;
    }

    boolean invariantsHold() {
        return queue.invariantsHold()
                && (retries == null || (retries.invariantsHold() && (retries.size() == 0 || queue.isFull())));
    }

    void shutdown() {
        closed = true;
        if (retries != null) retries.shutdown((from, lost) -> dropped(DropCause.SHUT_DOWN, from, lost));
        dropWaiting();
    }

    @Override
    boolean beginNext() {
        if (closed || frame != null) return false;
        FrameQueue.Waiting oldest = queue.take();
        if (oldest == null) return false;
        if (retries != null && retries.size() > 0) retries.moveOne(queue);
        begin(oldest.connection, oldest.frame);
        return true;
    }

    private void begin(Connection from, Frame read) {
        connection = from;
        frame = read;
        runtime.run(WorkKind.RECEIVE, read.sizeBytes(), this);
    }

    /** Called when the frame has been read. */
    @Override
    public void run() {
        Connection from = connection;
        Frame read = frame;
        if (from == null || read == null) throw new IllegalStateException("received nothing");
        if (!shards[sharding.shardOf(from.remote())].offer(from, read) && !closed) shardDrops++;
        connection = null;
        frame = null;
        consumeQueue();
    }

    private void dropWaiting() {
        queue.dropAll((from, lost) -> dropped(DropCause.SHUT_DOWN, from, lost));
    }

    private void dropped(DropCause cause, Connection from, Frame lost) {
        observer.dropped(sharding.shardOf(from.remote()), cause, lost.kind(), from.remote());
    }
}
