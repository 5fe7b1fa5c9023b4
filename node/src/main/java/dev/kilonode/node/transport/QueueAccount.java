package dev.kilonode.node.transport;

import dev.kilonode.node.wire.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What went into a queue, came out of it and was lost, per message kind. With what waits in the queue it must balance:
 * {@code offered = taken + dropped + waiting}, in total and for each kind. Messages of an unreadable kind have a row too.
 */
public final class QueueAccount {

    static final int ROWS = MessageKind.values().length + 1;
    private static final int UNREADABLE = ROWS - 1;

    private static final int OFFERED = 0;
    private static final int TAKEN = 1;
    private static final int DROPPED = 2;
    private static final int COLUMNS = 4; // half a cache line per kind

    private final long[] counts = new long[ROWS * COLUMNS];
    private final @Nullable PassedMessages passed;
    private final int queue;

    /** Of a queue that nothing passes without waiting. */
    QueueAccount() {
        this(null, 0);
    }

    /** @param queue this one's number among those whose passing messages {@code passed} counts */
    QueueAccount(@Nullable PassedMessages passed, int queue) {
        this.passed = passed;
        this.queue = queue;
    }

    void offer(@Nullable MessageKind kind) {
        counts[row(kind) * COLUMNS + OFFERED]++;
    }

    void take(@Nullable MessageKind kind) {
        counts[row(kind) * COLUMNS + TAKEN]++;
    }

    void drop(@Nullable MessageKind kind) {
        counts[row(kind) * COLUMNS + DROPPED]++;
    }

    public long offered() {
        return total(OFFERED);
    }

    public long taken() {
        return total(TAKEN);
    }

    public long dropped() {
        return total(DROPPED);
    }

    /** What must be waiting if nothing went astray. */
    public long waiting() {
        return offered() - taken() - dropped();
    }

    /** @param kind null for the messages of an unreadable kind */
    public long offered(@Nullable MessageKind kind) {
        return count(row(kind), OFFERED);
    }

    public long taken(@Nullable MessageKind kind) {
        return count(row(kind), TAKEN);
    }

    public long dropped(@Nullable MessageKind kind) {
        return count(row(kind), DROPPED);
    }

    public long waiting(@Nullable MessageKind kind) {
        return offered(kind) - taken(kind) - dropped(kind);
    }

    /** @param counted what waits in the queue, counted kind by kind from its contents, unreadable last */
    boolean balances(int[] counted) {
        for (int row = 0; row < ROWS; row++) {
            int at = row * COLUMNS;
            if (counts[at + OFFERED] != counts[at + TAKEN] + counts[at + DROPPED] + counted[row]) return false;
        }
        return true;
    }

    private long total(int column) {
        long sum = 0;
        for (int row = 0; row < ROWS; row++) sum += count(row, column);
        return sum;
    }

    private long count(int row, int column) {
        long passing = passed == null || column == DROPPED ? 0 : passed.passed(queue, row);
        return counts[row * COLUMNS + column] + passing;
    }

    static int[] emptyCount() {
        return new int[ROWS];
    }

    static int row(@Nullable MessageKind kind) {
        return kind == null ? UNREADABLE : kind.ordinal();
    }
}
