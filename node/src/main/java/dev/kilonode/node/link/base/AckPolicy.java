package dev.kilonode.node.link.base;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How soon the receiver must acknowledge a frame. The frame carries its policy, because the receiver decides when to acknowledge. An
 * acknowledgement that is sent with a frame in the other direction costs a fraction of one that is sent alone. The ordinal is sent
 * on the wire.
 */
public enum AckPolicy {
    /** The sender waits for the acknowledgement. */
    PROMPT(0, 1_000),
    /** The sender waits for a response, which can carry the acknowledgement, and asks another peer after a failure. */
    DELAYED(400, 1_000),
    /** A failure only shows that the connection is broken. */
    LAZY(2_000, 3_000);

    /** Frames above this size are not {@link #LAZY}: the sender keeps their memory until the acknowledgement arrives. */
    private static final int LARGE_BYTES = 16 << 10;

    private static final AckPolicy[] ALL = values();

    private final long maxDelayNanos;
    private final long deadlineNanos;

    AckPolicy(long maxDelayMillis, long deadlineMillis) {
        maxDelayNanos = TimeUnit.MILLISECONDS.toNanos(maxDelayMillis);
        deadlineNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    }

    static AckPolicy of(Frame frame, @Nullable SendListener listener) {
        if (listener != null && listener.wantsAcknowledgement()) return PROMPT;
        boolean delayed = listener != null && listener.triesElsewhere() || frame.sizeBytes() > LARGE_BYTES;
        return delayed ? DELAYED : LAZY;
    }

    /** @return null if no policy has this ordinal */
    public static @Nullable AckPolicy of(int ordinal) {
        return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : null;
    }

    /** The longest time that an acknowledgement waits for a frame that can carry it, in nanoseconds. */
    public long maxDelayNanos() {
        return maxDelayNanos;
    }

    /** The time within which the acknowledgement must arrive after all of the frame has left, in nanoseconds: 1 ms more per KiB. */
    long deadlineNanos(int sizeBytes) {
        return deadlineNanos + sizeBytes / 1024 * 1_000_000L;
    }
}
