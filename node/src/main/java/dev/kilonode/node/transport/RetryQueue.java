package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames that found a queue full and retry for a limited time, in order of arrival. All have the same time limit, so one timer serves
 * them. Invariant: {@code offered = taken + dropped + size}, per message kind.
 */
final class RetryQueue {

    /** Most frames that may retry at a time; the network studied has no bound. */
    private static final int MOST = 1 << 16;

    private final NodeRuntime runtime;
    private final long patienceNanos;
    private final BiConsumer<Connection, Frame> lost;
    private final FrameQueue frames = new FrameQueue(MOST, new QueueCounterTable(1), 0);
    private final Runnable due = this::due;
    private @Nullable Timer timer;

    /** @param lost called with each frame that timed out, or for which even this queue has no room */
    RetryQueue(NodeRuntime runtime, long patienceNanos, BiConsumer<Connection, Frame> lost) {
        this.runtime = runtime;
        this.patienceNanos = patienceNanos;
        this.lost = lost;
    }

    void offer(Connection connection, Frame frame) {
        if (!frames.offer(connection, frame, runtime.nowNanos())) lost.accept(connection, frame);
        else if (timer == null) timer = runtime.schedule(patienceNanos, due);
    }

    /** Moves the oldest frame to {@code queue}, which must have room. */
    void moveOne(FrameQueue queue) {
        FrameQueue.Waiting oldest = frames.take();
        if (oldest != null && !queue.offer(oldest.connection, oldest.frame, runtime.nowNanos()))
            throw new IllegalStateException("no room for a frame that tried again");
    }

    int size() {
        return frames.size();
    }

    boolean invariantsHold() {
        return frames.invariantsHold() && (frames.size() == 0 || timer != null);
    }

    /** @param dropped called with each remaining frame */
    void shutdown(BiConsumer<Connection, Frame> dropped) {
        frames.dropAll(dropped);
        if (timer != null) timer.cancel();
        timer = null;
    }

    private void due() {
        timer = null;
        long nowNanos = runtime.nowNanos();
        while (frames.size() > 0 && frames.oldestOfferedNanos() + patienceNanos <= nowNanos) {
            FrameQueue.Waiting late = frames.drop();
            if (late != null) lost.accept(late.connection, late.frame);
        }
        if (frames.size() > 0) {
            timer = runtime.schedule(frames.oldestOfferedNanos() + patienceNanos - nowNanos, due);
        }
    }
}
