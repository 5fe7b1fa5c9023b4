package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.base.AckPolicy;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The timers that everything on one event loop shares.
 *
 * @param quicFlush how long QUIC's answers to received datagrams wait for a frame to leave with
 * @param delayed how long acknowledgements of {@link AckPolicy#DELAYED} wait
 * @param lazy how long acknowledgements of {@link AckPolicy#LAZY} wait
 */
public record LoopTimers(FixedDelayTimer quicFlush, FixedDelayTimer delayed, FixedDelayTimer lazy) {

    /**
     * Without this delay half of all QUIC datagrams carry only acknowledgements. QUIC permits a delay of 25 ms; twice and four times
     * this value saved no more datagrams.
     */
    private static final long QUIC_FLUSH_NANOS = TimeUnit.MICROSECONDS.toNanos(2_500);

    static LoopTimers of(EventExecutor loop) {
        return new LoopTimers(
                new FixedDelayTimer(loop, QUIC_FLUSH_NANOS),
                new FixedDelayTimer(loop, AckPolicy.DELAYED.maxDelayNanos()),
                new FixedDelayTimer(loop, AckPolicy.LAZY.maxDelayNanos()));
    }
}
