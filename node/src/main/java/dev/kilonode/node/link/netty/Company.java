package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Urgency;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/** The time for which acknowledgements of one urgency wait for a frame to travel with, counted from the first of them. On the event loop. */
final class Company implements Runnable {

    private final EventExecutor loop;
    private final long patienceNanos;
    private final Runnable nobodyCame;
    private long sinceNanos;
    private boolean waited;
    private boolean ticking;

    /** @param nobodyCame sends them on their own */
    Company(EventExecutor loop, Urgency urgency, Runnable nobodyCame) {
        this.loop = loop;
        patienceNanos = urgency.companyNanos();
        this.nobodyCame = nobodyCame;
    }

    /** One more waits. */
    void await() {
        if (waited) return;
        waited = true;
        sinceNanos = loop.ticker().nanoTime();
        if (!ticking) tick(patienceNanos);
    }

    /** All have left. */
    void over() {
        waited = false;
    }

    private void tick(long nanos) {
        ticking = true;
        var unused = loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        ticking = false;
        if (!waited) return;
        long leftNanos = sinceNanos + patienceNanos - loop.ticker().nanoTime();
        if (leftNanos > 0) tick(leftNanos);
        else nobodyCame.run();
    }
}
