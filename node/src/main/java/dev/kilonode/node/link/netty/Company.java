package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Urgency;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The time for which one connection's acknowledgements wait for a frame to travel with: of each urgency, counted from the first that waits. On
 * the event loop.
 */
final class Company {

    private final EventExecutor loop;
    private final Runnable nobodyCame;
    private final Wait soon = new Wait(Urgency.SOON.companyNanos());
    private final Wait atLeisure = new Wait(Urgency.AT_LEISURE.companyNanos());

    /** @param nobodyCame sends them on their own */
    Company(EventExecutor loop, Runnable nobodyCame) {
        this.loop = loop;
        this.nobodyCame = nobodyCame;
    }

    /** One more waits; its urgency is that of a frame whose acknowledgement nobody awaits. */
    void await(Urgency urgency) {
        (urgency == Urgency.SOON ? soon : atLeisure).begin();
    }

    /** All have left. */
    void over() {
        soon.waiting = false;
        atLeisure.waiting = false;
    }

    private final class Wait implements Runnable {

        private final long patienceNanos;
        private long sinceNanos;
        private boolean waiting;
        private boolean ticking;

        Wait(long patienceNanos) {
            this.patienceNanos = patienceNanos;
        }

        void begin() {
            if (waiting) return;
            waiting = true;
            sinceNanos = loop.ticker().nanoTime();
            if (!ticking) tick(patienceNanos);
        }

        private void tick(long nanos) {
            ticking = true;
            var unused = loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            ticking = false;
            if (!waiting) return;
            long leftNanos = sinceNanos + patienceNanos - loop.ticker().nanoTime();
            if (leftNanos > 0) tick(leftNanos);
            else nobodyCame.run();
        }
    }
}
