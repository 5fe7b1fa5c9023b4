package dev.kilonode.node.transport;

import dev.kilonode.node.wire.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What went into a queue, came out of it and was lost, per message kind. With what waits in the queue it must balance:
 * {@code offered = taken + dropped + waiting}, in total and for each kind. Messages of an unreadable kind have a row too.
 */
public final class QueueAccount {

    private static final int ROWS = MessageKind.values().length + 1;
    private static final int UNREADABLE = ROWS - 1;

    private final long[] offered = new long[ROWS];
    private final long[] taken = new long[ROWS];
    private final long[] dropped = new long[ROWS];
    private long offeredTotal;
    private long takenTotal;
    private long droppedTotal;

    void offer(@Nullable MessageKind kind) {
        offered[row(kind)]++;
        offeredTotal++;
    }

    void take(@Nullable MessageKind kind) {
        taken[row(kind)]++;
        takenTotal++;
    }

    void drop(@Nullable MessageKind kind) {
        dropped[row(kind)]++;
        droppedTotal++;
    }

    public long offered() {
        return offeredTotal;
    }

    public long taken() {
        return takenTotal;
    }

    public long dropped() {
        return droppedTotal;
    }

    /** What must be waiting if nothing went astray. */
    public long waiting() {
        return offeredTotal - takenTotal - droppedTotal;
    }

    /** @param kind null for the messages of an unreadable kind */
    public long offered(@Nullable MessageKind kind) {
        return offered[row(kind)];
    }

    public long taken(@Nullable MessageKind kind) {
        return taken[row(kind)];
    }

    public long dropped(@Nullable MessageKind kind) {
        return dropped[row(kind)];
    }

    public long waiting(@Nullable MessageKind kind) {
        int row = row(kind);
        return offered[row] - taken[row] - dropped[row];
    }

    /** @param counted what waits in the queue, counted kind by kind from its contents, unreadable last */
    boolean balances(int[] counted) {
        long sum = 0;
        for (int row = 0; row < ROWS; row++) {
            if (offered[row] != taken[row] + dropped[row] + counted[row]) return false;
            sum += counted[row];
        }
        return offeredTotal == takenTotal + droppedTotal + sum;
    }

    static int[] emptyCount() {
        return new int[ROWS];
    }

    static int row(@Nullable MessageKind kind) {
        return kind == null ? UNREADABLE : kind.ordinal();
    }
}
