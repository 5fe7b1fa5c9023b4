package dev.kilonode.node.transport;

import dev.kilonode.node.wire.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * Counters of all queues of one node: messages offered, taken and dropped, per message kind. One table for all queues, so that a message
 * on its way through a node updates a cache line or two, and one that passes an empty queue touches nothing else of it.
 */
final class QueueCounterTable {

    private static final int PASSED = 0;
    private static final int OFFERED = 1;
    private static final int TAKEN = 2;
    private static final int DROPPED = 3;
    private static final int COLUMNS = 4;

    private final int queues;

    /** Unsigned. For each column a row per kind, and in each row all queues side by side. */
    private final int[] counts;

    /** @param queues number of queues; their indices start at 0 */
    QueueCounterTable(int queues) {
        this.queues = queues;
        counts = new int[QueueCounters.ROWS * queues * COLUMNS];
    }

    QueueCounters of(int queue) {
        return new QueueCounters(this, queue);
    }

    /** Counts a message that found the queue empty and its consumer idle: offered and taken at once. */
    void pass(int queue, @Nullable MessageKind kind) {
        count(queue, kind, PASSED);
    }

    void offer(int queue, @Nullable MessageKind kind) {
        count(queue, kind, OFFERED);
    }

    void take(int queue, @Nullable MessageKind kind) {
        count(queue, kind, TAKEN);
    }

    void drop(int queue, @Nullable MessageKind kind) {
        count(queue, kind, DROPPED);
    }

    /** @param row of a kind, see {@link QueueCounters#row} */
    long offered(int queue, int row) {
        return counted(queue, row, PASSED) + counted(queue, row, OFFERED);
    }

    long taken(int queue, int row) {
        return counted(queue, row, PASSED) + counted(queue, row, TAKEN);
    }

    long dropped(int queue, int row) {
        return counted(queue, row, DROPPED);
    }

    /** @throws ArithmeticException on overflow of an unsigned int, so that no counter is ever wrong */
    private void count(int queue, @Nullable MessageKind kind, int column) {
        if (++counts[at(queue, QueueCounters.row(kind), column)] == 0) {
            throw new ArithmeticException("2^32 messages of one kind at one queue, more than are counted");
        }
    }

    private long counted(int queue, int row, int column) {
        return Integer.toUnsignedLong(counts[at(queue, row, column)]);
    }

    private int at(int queue, int row, int column) {
        return (column * QueueCounters.ROWS + row) * queues + queue;
    }
}
