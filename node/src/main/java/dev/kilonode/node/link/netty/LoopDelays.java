package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Urgency;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The delays that everything on one event loop has in common.
 *
 * @param answer how long what a {@link QuicRouter} has read waits for an answer
 * @param soon how long an acknowledgement of that urgency waits for {@link Company}
 * @param atLeisure the same, of that urgency
 */
record LoopDelays(DelayLine answer, DelayLine soon, DelayLine atLeisure) {

    /**
     * How long what QUIC has to say to what was read waits for a frame that takes it along: half of all datagrams would carry
     * nothing but acknowledgements. QUIC lets them wait for 25 ms; twice this and four times this carried no more.
     */
    private static final long ANSWER_NANOS = TimeUnit.MICROSECONDS.toNanos(2_500);

    static LoopDelays of(EventExecutor loop) {
        return new LoopDelays(
                new DelayLine(loop, ANSWER_NANOS),
                new DelayLine(loop, Urgency.SOON.companyNanos()),
                new DelayLine(loop, Urgency.AT_LEISURE.companyNanos()));
    }
}
