package dev.kilonode.node.transport;

import dev.kilonode.node.wire.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * Messages that found a queue of one node empty and its consumer idle: offered and taken at once. Most messages pass all queues of a
 * node so, and then count in one row of this table, which is a cache line or two, and touch no queue.
 */
final class PassedMessages {

    private final int queues;

    /** Unsigned, a row for each kind. */
    private final int[] counts;

    /** @param queues how many queues the node has, numbered from 0 */
    PassedMessages(int queues) {
        this.queues = queues;
        counts = new int[QueueAccount.ROWS * queues];
    }

    /** @throws ArithmeticException at the message that an unsigned int cannot count: no such number is ever wrong */
    void count(int queue, @Nullable MessageKind kind) {
        if (++counts[QueueAccount.row(kind) * queues + queue] == 0) {
            throw new ArithmeticException("2^32 messages of one kind have passed a queue, more than are counted");
        }
    }

    /** @param row of a kind, as {@link QueueAccount#row} says */
    long passed(int queue, int row) {
        return Integer.toUnsignedLong(counts[row * queues + queue]);
    }
}
