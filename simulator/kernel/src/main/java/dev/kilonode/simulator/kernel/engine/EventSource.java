package dev.kilonode.simulator.kernel.engine;

/**
 * A source of events, such as a host. At equal times, events fire in the order of the numbers of their sources, and those of one source in
 * the order in which it scheduled them. So the order does not depend on how sources are distributed over engines, nor on what other sources
 * do. On the thread of its engine.
 */
public final class EventSource implements Scheduler {

    private static final int SEQUENCE_BITS = 39;

    /** The greatest number of a source. */
    public static final int LAST_NUMBER = (1 << (63 - SEQUENCE_BITS)) - 1;

    private final Engine engine;
    private long next;

    /**
     * @param engine fires the events that the source schedules for itself
     * @param number 1 to {@link #LAST_NUMBER}, unlike that of any other source of a run; events that an engine orders itself come first
     */
    public EventSource(Engine engine, int number) {
        if (number < 1 || number > LAST_NUMBER) {
            throw new IllegalArgumentException("got source " + number + ", expected 1 to " + LAST_NUMBER);
        }
        this.engine = engine;
        this.next = (long) number << SEQUENCE_BITS;
    }

    @Override
    public long nowNanos() {
        return engine.nowNanos();
    }

    @Override
    public void schedule(Event event, long atNanos) {
        engine.schedule(event, atNanos, next++);
    }

    /** Schedules an event of this source on the engine of another, of the same thread. */
    public void scheduleOn(Engine other, Event event, long atNanos) {
        other.schedule(event, atNanos, next++);
    }

    /** Adds an event of this source to {@code outbox}, for an engine of another thread. */
    public void post(Outbox outbox, Engine other, Event event, long atNanos) {
        outbox.add(other, event, atNanos, next++);
    }
}
