package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bounded FIFO of frames with their connections and arrival times, in arrays that grow up to the bound. Refuses the newest
 * when full. Holds: {@code offered = taken + dropped + size}, per message kind. One thread.
 */
final class FrameQueue {

    private static final int FIRST_SLOTS = 8;

    private final int capacity;
    private final QueueAccount account;
    private @Nullable Connection[] connections;
    private @Nullable Frame[] frames;
    private long[] offeredNanos;
    private int head;
    private int size;

    private @Nullable Connection takenConnection;
    private @Nullable Frame takenFrame;
    private long takenOfferedNanos;

    /** @param capacity 1 or more frames */
    FrameQueue(int capacity, QueueAccount account) {
        if (capacity < 1) throw new IllegalArgumentException("queue: got " + capacity + " slots, expected 1 or more");
        this.capacity = capacity;
        this.account = account;
        int slots = Math.min(FIRST_SLOTS, capacity);
        connections = new @Nullable Connection[slots];
        frames = new @Nullable Frame[slots];
        offeredNanos = new long[slots];
    }

    /** @return false: full, and the frame counted as dropped */
    boolean offer(Connection connection, Frame frame, long nowNanos) {
        account.offer(frame.kind());
        if (size == capacity) {
            account.drop(frame.kind());
            return false;
        }
        if (size == frames.length) grow();
        int tail = slot(size++);
        connections[tail] = connection;
        frames[tail] = frame;
        offeredNanos[tail] = nowNanos;
        return true;
    }

    /** Takes the oldest frame, to be read by the three getters below; false when empty. */
    boolean take() {
        if (!remove()) return false;
        account.take(frame().kind());
        return true;
    }

    /** Loses the oldest frame, to be read by the getters below; false when empty. */
    boolean drop() {
        if (!remove()) return false;
        account.drop(frame().kind());
        return true;
    }

    Connection connection() {
        if (takenConnection == null) throw new IllegalStateException("nothing taken");
        return takenConnection;
    }

    Frame frame() {
        if (takenFrame == null) throw new IllegalStateException("nothing taken");
        return takenFrame;
    }

    long offeredNanos() {
        return takenOfferedNanos;
    }

    /** Lets go of the frame taken last, which may be large. */
    void forgetTaken() {
        takenConnection = null;
        takenFrame = null;
    }

    /** When the oldest frame was offered; only when there is one. */
    long oldestOfferedNanos() {
        if (size == 0) throw new IllegalStateException("nobody waits");
        return offeredNanos[head];
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

    QueueAccount account() {
        return account;
    }

    boolean balanced() {
        int[] counted = QueueAccount.emptyCount();
        for (int i = 0; i < size; i++) {
            Frame frame = frames[slot(i)];
            if (frame == null) return false;
            counted[QueueAccount.row(frame.kind())]++;
        }
        return size <= capacity && account.balances(counted);
    }

    private boolean remove() {
        if (size == 0) return false;
        takenConnection = connections[head];
        takenFrame = frames[head];
        takenOfferedNanos = offeredNanos[head];
        connections[head] = null;
        frames[head] = null;
        head = slot(1);
        size--;
        return true;
    }

    private int slot(int offset) {
        int slot = head + offset;
        return slot < frames.length ? slot : slot - frames.length;
    }

    private void grow() {
        int slots = Math.min(capacity, 2 * frames.length);
        int untilEnd = frames.length - head;
        connections = unrolled(connections, slots, untilEnd);
        frames = unrolled(frames, slots, untilEnd);
        long[] times = new long[slots];
        System.arraycopy(offeredNanos, head, times, 0, untilEnd);
        System.arraycopy(offeredNanos, 0, times, untilEnd, head);
        offeredNanos = times;
        head = 0;
    }

    private <T> @Nullable T[] unrolled(@Nullable T[] ring, int slots, int untilEnd) {
        @Nullable T[] grown = Arrays.copyOfRange(ring, head, head + slots);
        System.arraycopy(ring, 0, grown, untilEnd, head);
        return grown;
    }
}
