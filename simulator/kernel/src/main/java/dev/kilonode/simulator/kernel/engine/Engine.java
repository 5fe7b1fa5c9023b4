package dev.kilonode.simulator.kernel.engine;

import dev.kilonode.node.runtime.Timer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * A virtual clock and its event queue. Events fire in order of time and, at equal times, in the order in which they were scheduled, after
 * those of lower {@linkplain EventSource sources}. One thread.
 */
public final class Engine implements Scheduler {

    /**
     * The end of time, more than a hundred years after the end of any run. Sums of times saturate here, so that an overflow cannot schedule
     * an event in the past.
     */
    public static final long END_NANOS = Long.MAX_VALUE / 2;

    private final TimingWheel timingWheel = new TimingWheel();
    private long nowNanos;
    private long ownOrder;
    private long scheduled;
    private long fired;
    private long steps;
    private long cancelled;
    private volatile boolean interrupted;

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void schedule(Event event, long atNanos) {
        schedule(event, atNanos, ownOrder++);
    }

    /** As {@link #schedule(Event, long)}, with a place among the events at the same time. */
    void schedule(Event event, long atNanos, long order) {
        if (atNanos < nowNanos) {
            throw new IllegalArgumentException("got an event at " + atNanos + " ns, expected now (" + nowNanos
                    + " ns) or later: virtual time does not run backwards");
        }
        if (event.place != Event.IDLE) {
            throw new IllegalStateException(
                    "an event was scheduled again before it happened, or after it was called off, for " + atNanos
                            + " ns");
        }
        event.atNanos = atNanos;
        event.order = order;
        event.engine = this;
        scheduled++;
        timingWheel.add(event);
    }

    /**
     * Calls {@code task} once, {@code delayNanos} from now.
     *
     * @param delayNanos 0 or more; a task at the end of time is never called
     */
    public Timer schedule(long delayNanos, Runnable task) {
        ScheduledCall call = new ScheduledCall(task);
        schedule(call, later(delayNanos));
        return call;
    }

    /** The time {@code spanNanos} after {@code atNanos}, at most {@link #END_NANOS}. */
    public static long after(long atNanos, long spanNanos) {
        return spanNanos >= END_NANOS - atNanos ? END_NANOS : atNanos + spanNanos;
    }

    /** Cancels {@code event}, which was last scheduled here. */
    boolean cancel(Event event) {
        if (!event.isScheduled()) return false;
        timingWheel.callOff(event);
        cancelled++;
        return true;
    }

    /**
     * Fires all events due by {@code limitNanos} and sets the clock to that time. After {@link #interrupt} it stops behind the current
     * event and leaves the clock at the time of that event.
     */
    public void runUntil(long limitNanos) {
        boolean ignored = runUntil(limitNanos, Long.MAX_VALUE);
    }

    /**
     * As {@link #runUntil(long)}, but fires at most {@code most} events.
     *
     * @return whether no due event is left
     */
    public boolean runUntil(long limitNanos, long most) {
        for (long left = most; !interrupted; left--) {
            Event event = timingWheel.firstUntil(limitNanos);
            if (event == null) {
                nowNanos = Math.max(nowNanos, limitNanos);
                return true;
            }
            if (left == 0) return false;
            timingWheel.removeFirst();
            nowNanos = event.atNanos;
            fired++;
            event.fire();
        }
        return false;
    }

    /**
     * Sets the clock to {@code atNanos} without firing events.
     *
     * @throws IllegalStateException if an event is due before that
     */
    public void advanceTo(long atNanos) {
        Event first = timingWheel.firstUntil(atNanos);
        if (first != null && first.atNanos < atNanos) {
            throw new IllegalStateException("got time " + atNanos + " ns before the event at " + first.atNanos + " ns");
        }
        nowNanos = Math.max(nowNanos, atNanos);
    }

    /**
     * The time of the next event if it is due by {@code limitNanos}; {@link Long#MAX_VALUE} if none is.
     */
    public long nextUntilNanos(long limitNanos) {
        Event first = timingWheel.firstUntil(limitNanos);
        return first == null ? Long.MAX_VALUE : first.atNanos;
    }

    /** Passes all pending events to {@code visitor}, in the order in which they will fire. They may be cancelled or joined by others then. */
    public void forEachPending(Consumer<Event> visitor) {
        List<Event> pending = new ArrayList<>();
        timingWheel.forEach(pending::add);
        Collections.sort(pending);
        pending.forEach(visitor);
    }

    /**
     * A lower bound of the time of the next event, for a thread that sleeps until then; {@link Long#MAX_VALUE} when no event is pending.
     */
    public long nothingBeforeNanos() {
        return timingWheel.nothingBeforeNanos();
    }

    /** Stops the engine after the current event. Any thread. */
    public void interrupt() {
        interrupted = true;
    }

    /** Whether {@link #interrupt} has been called. Any thread. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /**
     * Reports progress of long work outside events, such as creating ten thousand nodes.
     *
     * @throws InterruptedRunException once {@link #interrupt} has been called
     */
    public void checkpoint() {
        step();
        if (interrupted) throw new InterruptedRunException();
    }

    /** As {@link #checkpoint}, for work that checks for an interrupt itself. */
    public void step() {
        steps++;
    }

    /**
     * Grows with each event and each {@link #step}; a constant value means no progress. Another thread may read it and may see an older
     * value: the field is plain, so that an event pays nothing for it.
     */
    public long progress() {
        return fired + steps;
    }

    /** Events fired so far. */
    public long eventsFired() {
        return fired;
    }

    /** Events cancelled so far. */
    public long eventsCancelled() {
        return cancelled;
    }

    /** Pending events. */
    public long eventsPending() {
        return scheduled - fired - cancelled;
    }
}
