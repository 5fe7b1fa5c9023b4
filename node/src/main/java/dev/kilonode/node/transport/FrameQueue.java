package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bounded FIFO of frames with their connections and arrival times. Refuses the newest when full. Invariant: {@code offered = taken +
 * dropped + size}, per message kind. One thread.
 */
final class FrameQueue {

    /** A queued frame. A single object, because its memory has left the caches by the time it is taken. */
    static final class Waiting {

        final Connection connection;
        final Frame frame;
        final long offeredNanos;
        private @Nullable Waiting next;

        Waiting(Connection connection, Frame frame, long offeredNanos) {
            this.connection = connection;
            this.frame = frame;
            this.offeredNanos = offeredNanos;
        }
    }

    private final int capacity;
    private final QueueCounterTable accounts;
    private final int number;
    private @Nullable Waiting first;
    private @Nullable Waiting last;
    private int size;

    /**
     * @param capacity 1 or more frames
     * @param number index of the queue in {@code accounts}
     */
    FrameQueue(int capacity, QueueCounterTable accounts, int number) {
        if (capacity < 1) throw new IllegalArgumentException("queue: got " + capacity + " slots, expected 1 or more");
        this.capacity = capacity;
        this.accounts = accounts;
        this.number = number;
    }

    /** @return false if the queue is full; the frame is counted as dropped */
    boolean offer(Connection connection, Frame frame, long nowNanos) {
        accounts.offer(number, frame.kind());
        if (size == capacity) {
            accounts.drop(number, frame.kind());
            return false;
        }
        Waiting newest = new Waiting(connection, frame, nowNanos);
        if (last == null) first = newest;
        else last.next = newest;
        last = newest;
        size++;
        return true;
    }

    /** Removes the oldest frame, which is to be processed; null if empty. */
    @Nullable
    Waiting take() {
        Waiting oldest = remove();
        if (oldest != null) accounts.take(number, oldest.frame.kind());
        return oldest;
    }

    /** Removes the oldest frame, which is dropped; null if empty. */
    @Nullable
    Waiting drop() {
        Waiting oldest = remove();
        if (oldest != null) accounts.drop(number, oldest.frame.kind());
        return oldest;
    }

    /**
     * Drops all frames.
     *
     * @param lost called with each frame, oldest first
     */
    void dropAll(BiConsumer<Connection, Frame> lost) {
        for (Waiting w = drop(); w != null; w = drop()) lost.accept(w.connection, w.frame);
    }

    /** Time at which the oldest frame was offered; the queue must not be empty. */
    long oldestOfferedNanos() {
        if (first == null) throw new IllegalStateException("the queue is empty");
        return first.offeredNanos;
    }

    boolean isFull() {
        return size == capacity;
    }

    int size() {
        return size;
    }

    int capacity() {
        return capacity;
    }

    QueueCounters account() {
        return accounts.of(number);
    }

    boolean invariantsHold() {
        int[] counted = QueueCounters.emptyCount();
        int waiting = 0;
        for (Waiting w = first; w != null; w = w.next, waiting++) counted[QueueCounters.row(w.frame.kind())]++;
        return waiting == size && size <= capacity && account().balances(counted);
    }

    private @Nullable Waiting remove() {
        Waiting oldest = first;
        if (oldest == null) return null;
        first = oldest.next;
        oldest.next = null; // otherwise a dead node in the old generation would keep all its successors alive
        if (first == null) last = null;
        size--;
        return oldest;
    }
}
