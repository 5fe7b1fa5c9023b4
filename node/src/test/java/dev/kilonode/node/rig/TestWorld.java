package dev.kilonode.node.rig;

import dev.kilonode.node.runtime.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** A virtual clock with its events, ordered by time, then by when they were scheduled. */
public final class TestWorld {

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
    private final List<Runnable> watches = new ArrayList<>();
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

    /** Calls {@code watch} after every event. */
    public void afterEachEvent(Runnable watch) {
        watches.add(watch);
    }

    public void runFor(long nanos) {
        long untilNanos = nowNanos + nanos;
        while (true) {
            Event next = events.peek();
            if (next == null || next.atNanos > untilNanos) break;
            events.remove();
            if (next.cancelled) continue;
            nowNanos = next.atNanos;
            happened++;
            next.task.run();
            watches.forEach(Runnable::run);
        }
        nowNanos = untilNanos;
    }

    /** Events that have happened, without those called off. */
    public long happened() {
        return happened;
    }

    /** Events still to come, without those called off. */
    public long pending() {
        return events.stream().filter(event -> !event.cancelled).count();
    }
}
