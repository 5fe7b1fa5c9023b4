package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bounded FIFO of frames with their connections and arrival times. Refuses the newest when full. Holds:
 * {@code offered = taken + dropped + size}, per message kind. One thread.
 */
final class FrameQueue {

    /** A frame in the queue: one object, because by its turn a thousand other nodes have been through the caches. */
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
     * @param number the queue's among those of {@code accounts}
     */
    FrameQueue(int capacity, QueueCounterTable accounts, int number) {
        if (capacity < 1) throw new IllegalArgumentException("queue: got " + capacity + " slots, expected 1 or more");
        this.capacity = capacity;
        this.accounts = accounts;
        this.number = number;
    }

    /** @return false: full, and the frame counted as dropped */
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

    /** The oldest frame, which leaves the queue to be worked on; null when empty. */
    @Nullable
    Waiting take() {
        Waiting oldest = remove();
        if (oldest != null) accounts.take(number, oldest.frame.kind());
        return oldest;
    }

    /** The oldest frame, which is lost; null when empty. */
    @Nullable
    Waiting drop() {
        Waiting oldest = remove();
        if (oldest != null) accounts.drop(number, oldest.frame.kind());
        return oldest;
    }

    /** Loses all. @param lost told of each, the oldest first */
    void dropAll(BiConsumer<Connection, Frame> lost) {
        for (Waiting w = drop(); w != null; w = drop()) lost.accept(w.connection, w.frame);
    }

    /** When the oldest frame was offered; only when there is one. */
    long oldestOfferedNanos() {
        if (first == null) throw new IllegalStateException("nobody waits");
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
        oldest.next = null; // or a dead one in the old generation keeps all that came after it
        if (first == null) last = null;
        size--;
        return oldest;
    }
}
