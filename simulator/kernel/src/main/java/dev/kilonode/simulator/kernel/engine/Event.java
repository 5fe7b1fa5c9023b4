package dev.kilonode.simulator.kernel.engine;

import org.jspecify.annotations.Nullable;

/**
 * An action at an instant of virtual time. An event carries its own list link, so that scheduling allocates nothing. It can be scheduled
 * again after it has fired, but not after it has been cancelled, because the wheel may still refer to it.
 */
public abstract class Event implements Comparable<Event> {

    static final int IDLE = -1;
    static final int ON_WHEEL = 0;
    static final int CALLED_OFF = 1;

    /** Events at equal times fire in this order; no two events have the same. See {@link EventSource}. */
    long order;

    long atNanos;

    /** The engine that it was last scheduled on. */
    @Nullable
    Engine engine;

    /** The next event of the same wheel slot, or of the same list outside a wheel. */
    @Nullable
    Event next;

    /** One of the constants above, or a position in the heap of the current slot ({@code -2 - position}). */
    int place = IDLE;

    /** The action. The engine calls it with its clock at {@link #atNanos()}. It may schedule this event again. */
    protected abstract void fire();

    /** The time of the next or, when not scheduled, of the last firing, in nanoseconds of virtual time. */
    public final long atNanos() {
        return atNanos;
    }

    /** Whether the event is pending. */
    public final boolean isScheduled() {
        return place != IDLE && place != CALLED_OFF;
    }

    /**
     * Cancels this event permanently. On the thread of its engine.
     *
     * @return whether it was pending
     */
    public final boolean callOff() {
        return engine != null && engine.cancel(this);
    }

    /** Compares by time of firing, and at equal times by order. */
    @Override
    public final int compareTo(Event other) {
        return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(order, other.order);
    }

    final boolean isBefore(Event other) {
        return atNanos != other.atNanos ? atNanos < other.atNanos : order < other.order;
    }
}
