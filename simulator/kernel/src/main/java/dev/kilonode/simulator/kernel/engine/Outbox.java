package dev.kilonode.simulator.kernel.engine;

import org.jspecify.annotations.Nullable;

/**
 * Events for engines of another thread. One thread adds, then another takes; the caller makes sure that they do not overlap. The order of the
 * events does not matter, as each carries its own.
 */
public final class Outbox {

    private @Nullable Event last;
    private long earliestNanos = Long.MAX_VALUE;

    void add(Engine engine, Event event, long atNanos, long order) {
        if (event.place != Event.IDLE) {
            throw new IllegalStateException("an event was sent while it was pending, or after it was called off");
        }
        event.engine = engine;
        event.atNanos = atNanos;
        event.order = order;
        event.next = last;
        last = event;
        earliestNanos = Math.min(earliestNanos, atNanos);
    }

    /** The time of the earliest event; {@link Long#MAX_VALUE} if there is none. */
    public long earliestNanos() {
        return earliestNanos;
    }

    /** Schedules all events, each on its engine. */
    public void empty() {
        Event event = last;
        last = null;
        earliestNanos = Long.MAX_VALUE;
        while (event != null) {
            Event next = event.next;
            event.next = null;
            if (event.engine == null) throw new IllegalStateException("an event for no engine");
            event.engine.schedule(event, event.atNanos, event.order);
            event = next;
        }
    }
}
