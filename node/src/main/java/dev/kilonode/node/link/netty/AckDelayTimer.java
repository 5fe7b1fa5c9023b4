package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.base.AckPolicy;
import dev.kilonode.node.link.netty.FixedDelayTimer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long the pending acknowledgements of one connection wait for a frame to be sent with. For each policy the time counts
 * from the first pending acknowledgement. On the event loop.
 */
public final class AckDelayTimer {

    private final LoopTimers timers;
    private final Runnable expired;
    private @Nullable Timeout delayed;
    private @Nullable Timeout lazy;

    /** @param expired sends the pending acknowledgements on their own */
    public AckDelayTimer(LoopTimers timers, Runnable expired) {
        this.timers = timers;
        this.expired = expired;
    }

    /** An acknowledgement is pending. {@link AckPolicy#PROMPT} is the caller's business. */
    public void start(AckPolicy policy) {
        if (policy == AckPolicy.DELAYED) {
            if (delayed == null) delayed = timers.delayed().add(expired);
        } else if (lazy == null) {
            lazy = timers.lazy().add(expired);
        }
    }

    /** No acknowledgement is pending any more. */
    public void cancel() {
        if (delayed != null) delayed.cancel();
        if (lazy != null) lazy.cancel();
        delayed = null;
        lazy = null;
    }
}
