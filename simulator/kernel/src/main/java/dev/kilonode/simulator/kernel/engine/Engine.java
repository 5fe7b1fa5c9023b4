package dev.kilonode.simulator.kernel.engine;

import dev.kilonode.node.runtime.Timer;

/**
 * The virtual clock and the queue of what is still to happen, for one run on one thread. Events happen in order of their
 * time and, at equal times, in the order they were scheduled.
 */
public final class Engine {

    /**
     * The end of time, a hundred years and more beyond that of any run: sums of times stop here, so that work that would take for ever is
     * never done, instead of being done in the past.
     */
    public static final long END_NANOS = Long.MAX_VALUE / 2;

    private final TimingWheel timingWheel = new TimingWheel();
    private long nowNanos;
    private long scheduled;
    private long fired;
    private long steps;
    private long cancelled;
    private volatile boolean interrupted;

    /** Virtual time in nanoseconds; 0 is the start of the run. */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Makes {@code event} happen at {@code atNanos}.
     *
     * @throws IllegalArgumentException if that is in the past
     * @throws IllegalStateException if the event is scheduled already, or has been called off
     */
    public void schedule(Event event, long atNanos) {
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
        event.sequence = scheduled++;
        timingWheel.add(event);
    }

    /**
     * Calls {@code task} once, {@code delayNanos} from now.
     *
     * @param delayNanos 0 or more; what lies at the end of time is never called
     */
    public Timer schedule(long delayNanos, Runnable task) {
        ScheduledCall call = new ScheduledCall(this, task);
        schedule(call, later(delayNanos));
        return call;
    }

    /** {@code delayNanos} from now, or the end of time. */
    public long later(long delayNanos) {
        return after(nowNanos, delayNanos);
    }

    /** {@code spanNanos} after a time, or the end of time. */
    public static long after(long atNanos, long spanNanos) {
        return spanNanos >= END_NANOS - atNanos ? END_NANOS : atNanos + spanNanos;
    }

    /** Calls {@code event} off for ever. Returns whether it was scheduled. */
    public boolean cancel(Event event) {
        if (!event.isScheduled()) return false;
        timingWheel.callOff(event);
        cancelled++;
        return true;
    }

    /**
     * Lets everything happen that is due by {@code limitNanos}, which is then the time; or, once {@link #interrupt} has been called, no more than the
     * event that is happening now, whose time is then the time.
     */
    public void runUntil(long limitNanos) {
        boolean ignored = runUntil(limitNanos, Long.MAX_VALUE);
    }

    /**
     * As {@link #runUntil(long)}, for {@code most} events at most.
     *
     * @return whether all has happened that was due
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
     * A time before which nothing is due, and not before which something may be: for a thread that wants to sleep until then.
     * {@link Long#MAX_VALUE} when nothing is waiting.
     */
    public long nothingBeforeNanos() {
        return timingWheel.nothingBeforeNanos();
    }

    /** Nothing happens any more after the event that is happening now. Any thread. */
    public void interrupt() {
        interrupted = true;
    }

    /** Whether {@link #interrupt} has been called. Any thread. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /**
     * To be called now and then by what takes long and is no event, such as making ten thousand nodes: it has come a step further.
     *
     * @throws InterruptedRunException once {@link #interrupt} has been called
     */
    public void checkpoint() {
        step();
        if (interrupted) throw new InterruptedRunException();
    }

    /** As {@link #checkpoint}, for what ends by itself when interrupted. */
    public void step() {
        steps++;
    }

    /**
     * Grows with each event and each {@link #step}; while it does not, nothing goes on here. Another thread may read it, and sees now and then an older
     * value: nothing but a plain field is free of cost for each event.
     */
    public long progress() {
        return fired + steps;
    }

    /** Events that have happened. */
    public long eventsFired() {
        return fired;
    }

    /** Events called off. */
    public long eventsCancelled() {
        return cancelled;
    }

    /** Events still to happen. */
    public long eventsPending() {
        return scheduled - fired - cancelled;
    }
}
