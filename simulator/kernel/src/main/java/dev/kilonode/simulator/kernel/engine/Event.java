package dev.kilonode.simulator.kernel.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens once at an instant of virtual time. It carries its own link, so that scheduling allocates nothing,
 * and may be scheduled again once it has fired; not after it has been called off, since the wheel may hold on to it for a while.
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

    /** One of the above, or a position in the heap of the current slot ({@code -2 - position}). */
    int place = IDLE;

    /** What happens. Called by the engine with its clock at {@link #atNanos()}; may schedule this very event again. */
    protected abstract void fire();

    /** When it happens, or last happened, in nanoseconds of virtual time. */
    public final long atNanos() {
        return atNanos;
    }

    /** Whether it is waiting to happen. */
    public final boolean isScheduled() {
        return place != IDLE && place != CALLED_OFF;
    }

    final boolean isBefore(Event other) {
        return atNanos != other.atNanos ? atNanos < other.atNanos : sequence < other.sequence;
    }
}
