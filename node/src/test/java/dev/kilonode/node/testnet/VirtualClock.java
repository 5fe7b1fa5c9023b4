package dev.kilonode.node.testnet;

import dev.kilonode.node.runtime.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time that moves when it is told to; equal times go by order of scheduling. */
public final class VirtualClock {

    private static final class Event implements Timer {
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
        public void cancel() {
            cancelled = true;
        }
    }

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.<Event>comparingLong(e -> e.atNanos).thenComparingLong(e -> e.sequence));

    private long nowNanos;
    private long sequence;

    public long nowNanos() {
        return nowNanos;
    }

    public Timer schedule(long delayNanos, Runnable task) {
        Event event = new Event(nowNanos + delayNanos, sequence++, task);
        events.add(event);
        return event;
    }

    public void runFor(Duration span) {
        long endNanos = nowNanos + span.toNanos();
        while (!events.isEmpty() && events.peek().atNanos <= endNanos) step();
        nowNanos = endNanos;
    }

    /** Runs until {@code condition} holds, or nothing is left to happen, or the span is over. */
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        long endNanos = nowNanos + atMost.toNanos();
        while (!condition.getAsBoolean() && !events.isEmpty() && events.peek().atNanos <= endNanos) step();
    }

    private void step() {
        Event event = events.remove();
        nowNanos = event.atNanos;
        if (!event.cancelled) event.task.run();
    }
}
