package dev.kilonode.simulator.kernel.engine;

/** A clock on which events are scheduled: an engine, or one source of the events of an engine. */
public interface Scheduler {

    /** Virtual time in nanoseconds; 0 is the start of the run. */
    long nowNanos();

    /**
     * Schedules {@code event} at {@code atNanos}.
     *
     * @throws IllegalArgumentException if that is in the past
     * @throws IllegalStateException if the event is already scheduled or has been cancelled
     */
    void schedule(Event event, long atNanos);

    /** The time {@code delayNanos} from now, at most {@link Engine#END_NANOS}. */
    default long later(long delayNanos) {
        return Engine.after(nowNanos(), delayNanos);
    }
}
