package dev.kilonode.simulator.kernel.engine;

import org.jspecify.annotations.Nullable;

/**
 * An action at an instant of virtual time. An event carries its own list link, so that scheduling allocates nothing. It can be scheduled
 * again after it has fired, but not after it has been cancelled, because the wheel may still refer to it.
 */
public abstract class Event {

    static final int IDLE = -1;
    static final int ON_WHEEL = 0;
    static final int CALLED_OFF = 1;

    long atNanos;
    long sequence;

    /** The next event of the same wheel slot. */
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

    final boolean isBefore(Event other) {
        return atNanos != other.atNanos ? atNanos < other.atNanos : sequence < other.sequence;
    }
}
