package dev.kilonode.simulator.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens once at an instant of virtual time. It carries its own links, so that scheduling allocates nothing,
 * and may be scheduled again once it has fired or been cancelled.
 */
public abstract class Event {

    static final int IDLE = -1;

    long atNanos;
    long sequence;

    @Nullable
    Event next;

    @Nullable
    Event previous;

    /** {@link #IDLE}, a wheel slot (0 or more), or a position in the heap of the current slot ({@code -2 - position}). */
    int place = IDLE;

    /** What happens. Called by the engine with its clock at {@link #atNanos()}; may schedule this very event again. */
    protected abstract void fire();

    /** When it happens, or last happened, in nanoseconds of virtual time. */
    public final long atNanos() {
        return atNanos;
    }

    /** Whether it is waiting to happen. */
    public final boolean isScheduled() {
        return place != IDLE;
    }

    final boolean isBefore(Event other) {
        return atNanos != other.atNanos ? atNanos < other.atNanos : sequence < other.sequence;
    }
}
