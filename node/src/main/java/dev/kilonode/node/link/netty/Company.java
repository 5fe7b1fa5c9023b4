package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.netty.DelayLine.Delayed;
import dev.kilonode.node.link.real.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * The time for which one connection's acknowledgements wait for a frame to travel with: of each urgency, counted from the first that waits. On
 * the event loop.
 */
final class Company {

    private final LoopDelays delays;
    private final Runnable nobodyCame;
    private @Nullable Delayed soon;
    private @Nullable Delayed atLeisure;

    /** @param nobodyCame sends them on their own */
    Company(LoopDelays delays, Runnable nobodyCame) {
        this.delays = delays;
        this.nobodyCame = nobodyCame;
    }

    /** One more waits; its urgency is that of a frame whose acknowledgement nobody awaits. */
    void await(Urgency urgency) {
        if (urgency == Urgency.SOON) {
            if (soon == null) soon = delays.soon().add(nobodyCame);
        } else if (atLeisure == null) {
            atLeisure = delays.atLeisure().add(nobodyCame);
        }
    }

    /** All have left. */
    void over() {
        if (soon != null) soon.cancel();
        if (atLeisure != null) atLeisure.cancel();
        soon = null;
        atLeisure = null;
    }
}
