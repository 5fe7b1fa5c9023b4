package dev.kilonode.node.transport;

import dev.kilonode.node.wire.MessageKind;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A live view of one queue's counters. Together with the queue's size they must satisfy {@code offered = taken + dropped + waiting}, in
 * total and per kind. Messages of an unreadable kind have a row too.
 */
public final class QueueCounters {

    static final int ROWS = MessageKind.values().length + 1;
    private static final int UNREADABLE = ROWS - 1;

    private final QueueCounterTable accounts;
    private final int queue;

    QueueCounters(QueueCounterTable accounts, int queue) {
        this.accounts = accounts;
        this.queue = queue;
    }

    public long offered() {
        return total(row -> accounts.offered(queue, row));
    }

    public long taken() {
        return total(row -> accounts.taken(queue, row));
    }

    public long dropped() {
        return total(row -> accounts.dropped(queue, row));
    }

    /** Number of messages that wait, computed from the counters. */
    public long waiting() {
        return total(this::left);
    }

    /** @param kind null for messages of an unreadable kind */
    public long offered(@Nullable MessageKind kind) {
        return accounts.offered(queue, row(kind));
    }

    public long taken(@Nullable MessageKind kind) {
        return accounts.taken(queue, row(kind));
    }

    public long dropped(@Nullable MessageKind kind) {
        return accounts.dropped(queue, row(kind));
    }

    public long waiting(@Nullable MessageKind kind) {
        return left(row(kind));
    }

    /** @param counted messages in the queue per kind, counted from its contents; unreadable last */
    boolean balances(int[] counted) {
        for (int row = 0; row < ROWS; row++) {
            if (left(row) != counted[row]) return false;
        }
        return true;
    }

    private long left(int row) {
        return accounts.offered(queue, row) - accounts.taken(queue, row) - accounts.dropped(queue, row);
    }

    private static long total(IntToLongFunction byRow) {
        long sum = 0;
        for (int row = 0; row < ROWS; row++) sum += byRow.applyAsLong(row);
        return sum;
    }

    static int[] emptyCount() {
        return new int[ROWS];
    }

    static int row(@Nullable MessageKind kind) {
        return kind == null ? UNREADABLE : kind.ordinal();
    }
}
