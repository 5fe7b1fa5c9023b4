package dev.kilonode.node.testkit;

import dev.kilonode.node.runtime.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Virtual time and its events, ordered by time, then by when they were scheduled. Moves when a test says so. */
public final class VirtualClock {

    private static final class Event implements Comparable<Event>, Timer {
        private final long atNanos;
        private final long sequence;
        private final Runnable task;
        private boolean cancelled;

        Event(long atNanos, long sequence, Runnable task) {
            this.atNanos = atNanos;
            this.sequence = sequence;
            this.task = task;
        }

        @Override
        public int compareTo(Event other) {
            int order = Long.compare(atNanos, other.atNanos);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Runnable> checks = new ArrayList<>();
    private long nowNanos;
    private long sequence;
    private long happened;

    public long nowNanos() {
        return nowNanos;
    }

    public Timer schedule(long delayNanos, Runnable task) {
        if (delayNanos < 0) throw new IllegalArgumentException("delay " + delayNanos);
        Event event = new Event(nowNanos + delayNanos, sequence++, task);
        events.add(event);
        return event;
    }

    /** Calls {@code check} after every event. */
    public void afterEachEvent(Runnable check) {
        checks.add(check);
    }

    public void runFor(long nanos) {
        long untilNanos = nowNanos + nanos;
        while (isDue(untilNanos)) step();
        nowNanos = untilNanos;
    }

    public void runFor(Duration span) {
        runFor(span.toNanos());
    }

    /** Runs until {@code condition} holds, no event is left, or the span is over. */
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        long untilNanos = nowNanos + atMost.toNanos();
        while (!condition.getAsBoolean() && isDue(untilNanos)) step();
    }

    private boolean isDue(long untilNanos) {
        Event next = events.peek();
        return next != null && next.atNanos <= untilNanos;
    }

    private void step() {
        Event event = events.remove();
        if (event.cancelled) return;
        nowNanos = event.atNanos;
        happened++;
        event.task.run();
        checks.forEach(Runnable::run);
    }

    /** Events that have run; cancelled ones do not count. */
    public long happened() {
        return happened;
    }

    /** Events still to come; cancelled ones do not count. */
    public long pending() {
        return events.stream().filter(event -> !event.cancelled).count();
    }
}
