package dev.kilonode.node.link.real;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How soon the sender of a frame must know that it has arrived. The frame says so, because the receiver chooses when to acknowledge, and an
 * acknowledgement that travels with a frame the other way costs a fraction of one that travels alone.
 */
public enum Urgency {
    /** Somebody waits for the acknowledgement. */
    AWAITED(0, 1_000),
    /** Somebody waits for the answer, which will take the acknowledgement along, and tries elsewhere on a failure. */
    SOON(400, 1_000),
    /** A failure only says that the connection is broken. */
    AT_LEISURE(2_000, 3_000);

    /** Above it, what is kept until the acknowledgement comes is worth one that travels alone. */
    private static final int LARGE_BYTES = 16 << 10;

    private static final Urgency[] ALL = values();

    private final long companyNanos;
    private final long deadlineNanos;

    Urgency(long companyMillis, long deadlineMillis) {
        companyNanos = TimeUnit.MILLISECONDS.toNanos(companyMillis);
        deadlineNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    }

    static Urgency of(Frame frame, @Nullable SendListener listener) {
        if (listener != null && listener.wantsAcknowledgement()) return AWAITED;
        boolean soon = listener != null && listener.triesElsewhere() || frame.sizeBytes() > LARGE_BYTES;
        return soon ? SOON : AT_LEISURE;
    }

    /** @return null if there is none of that ordinal */
    public static @Nullable Urgency of(int ordinal) {
        return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : null;
    }

    /** How long the acknowledgement may wait for a frame to travel with, in nanoseconds. */
    public long companyNanos() {
        return companyNanos;
    }

    /** How long the acknowledgement may take once all of the frame has left, in nanoseconds: 1 ms more per KiB. */
    long deadlineNanos(int sizeBytes) {
        return deadlineNanos + sizeBytes / 1024 * 1_000_000L;
    }
}
