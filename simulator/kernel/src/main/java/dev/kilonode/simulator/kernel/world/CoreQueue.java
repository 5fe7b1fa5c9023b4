package dev.kilonode.simulator.kernel.world;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.engine.Scheduler;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The work of a host's cores whose speed changes. All cores have the same speed, so the order and the lengths of the work do not depend on
 * it if they are measured in core time at full speed. Positions are on this scale. Only the next completion has an event, which moves when
 * the speed changes.
 */
public final class CoreQueue {

    /** Of times, in nanoseconds. */
    private static final double ROUNDING = 1e-3;

    private final Scheduler clock;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();

    /** The position at which each core becomes free. */
    private final double[] freeAt;

    /** The position reached at {@link #servedNanos}. */
    private double served;

    private long servedNanos;
    private double slowdown;
    private double workedNanos;
    private long requests;
    private @Nullable Event next;

    public CoreQueue(Scheduler clock, int cores, long nowNanos, double slowdown) {
        this.clock = clock;
        this.freeAt = new double[cores];
        this.servedNanos = nowNanos;
        this.slowdown = slowdown;
    }

    /**
     * An event that waits for a position.
     *
     * @param thenNanos its delay after that, whatever the speed
     */
    private record Waiting(double position, long number, Event event, long thenNanos) implements Comparable<Waiting> {

        @Override
        public int compareTo(Waiting other) {
            int order = Double.compare(position, other.position);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    /** Adds work that {@code core} has begun or accepted before; {@code event} may be null. Call {@link #begin} after the last one. */
    public void resume(int core, double costNanos, @Nullable Event event, long thenNanos) {
        freeAt[core] += costNanos;
        if (event != null) waiting.add(new Waiting(freeAt[core], requests++, event, thenNanos));
    }

    public void begin() {
        scheduleNext();
    }

    /** Reserves the core that becomes free first. Returns when the work is done if the speed stays as it is. */
    public long occupy(long nowNanos, double costNanos) {
        return Engine.after(nowNanos, nanosTo(reserve(nowNanos, costNanos)));
    }

    /** As {@link #occupy}, and fires {@code event} when the work is done. */
    public void run(long nowNanos, double costNanos, Event event) {
        await(reserve(nowNanos, costNanos), event, 0);
    }

    /**
     * As {@link #run}, for work that may have begun at {@code sinceNanos}, if a core was free then.
     *
     * @return false if the work is done and the event does not fire
     */
    public boolean runSince(long sinceNanos, long nowNanos, double costNanos, Event event) {
        advance(nowNanos);
        int core = earliest();
        double start = Math.max(freeAt[core], served - (nowNanos - sinceNanos) / slowdown);
        double done = start + costNanos;
        freeAt[core] = done;
        workedNanos += Math.max(0, Math.min(done, served) - start) * slowdown;
        if (done <= served) return false;
        await(done, event, 0);
        return true;
    }

    /** Fires {@code event} when a core is free, and {@code thenNanos} after that. */
    public void wakeUp(long nowNanos, long thenNanos, Event event) {
        advance(nowNanos);
        double free = freeAt[earliest()];
        if (free <= served) clock.schedule(event, Engine.after(nowNanos, thenNanos));
        else await(free, event, thenNanos);
    }

    public void setSlowdown(long nowNanos, double slowdown) {
        advance(nowNanos);
        if (slowdown == this.slowdown) return;
        this.slowdown = slowdown;
        scheduleNext();
    }

    /** Time that the cores have worked since the creation of this queue, over all cores. */
    public double workedNanos(long nowNanos) {
        advance(nowNanos);
        return workedNanos;
    }

    /** Time that unfinished work takes if the speed stays as it is, over all cores. */
    public long backlogNanos(long nowNanos) {
        advance(nowNanos);
        long backlogNanos = 0;
        for (double free : freeAt) backlogNanos = Engine.after(backlogNanos, nanosTo(free));
        return backlogNanos;
    }

    private double reserve(long nowNanos, double costNanos) {
        advance(nowNanos);
        int core = earliest();
        freeAt[core] = Math.max(served, freeAt[core]) + costNanos;
        return freeAt[core];
    }

    private void advance(long nowNanos) {
        long passed = nowNanos - servedNanos;
        if (passed <= 0) return; // in wall time an event may be late
        for (double free : freeAt) workedNanos += Math.min(passed, Math.max(0, free - served) * slowdown);
        served += passed / slowdown;
        servedNanos = nowNanos;
    }

    private void await(double position, Event event, long thenNanos) {
        Waiting last = new Waiting(position, requests++, event, thenNanos);
        waiting.add(last);
        if (waiting.peek() == last) scheduleNext();
    }

    private void scheduleNext() {
        if (next != null) next.callOff();
        next = null;
        Waiting first = waiting.peek();
        if (first == null) return;
        next = new Completion();
        clock.schedule(next, Engine.after(servedNanos, nanosTo(first.position)));
    }

    private long nanosTo(double position) {
        return (long) Math.ceil(Math.max(0, (position - served) * slowdown - ROUNDING));
    }

    private int earliest() {
        int earliest = 0;
        for (int core = 1; core < freeAt.length; core++) {
            if (freeAt[core] < freeAt[earliest]) earliest = core;
        }
        return earliest;
    }

    /** The cores reach the position of the first waiting event. */
    private final class Completion extends Event {

        @Override
        protected void fire() {
            next = null;
            advance(clock.nowNanos());
            Waiting first = waiting.poll();
            while (first != null) {
                clock.schedule(first.event, clock.later(first.thenNanos));
                Waiting following = waiting.peek();
                boolean due = following != null && following.position <= Math.max(served, first.position);
                first = due ? waiting.poll() : null;
            }
            scheduleNext();
        }
    }

    @Override
    public String toString() {
        return "position " + served + ", cores free at " + Arrays.toString(freeAt) + ", " + waiting.size() + " waiting";
    }
}
