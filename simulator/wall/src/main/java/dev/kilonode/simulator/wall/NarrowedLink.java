package dev.kilonode.simulator.wall;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a host's link in wall time. Frames pass at once, unless a fault narrows the link: then they pass one after another at
 * its present bandwidth, and after the fault at the bandwidth of the host until none is left. Used on the loop of the host, or while that is
 * paused. The frames that nodes send during the fault limit the length of the queue.
 */
final class NarrowedLink {

    private final Engine engine;
    private final LongSupplier clock;
    private final double bytesPerNano;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private double factor = 1;

    /** Bytes of the first frame that have passed at {@link #updatedNanos}. */
    private double firstPassedBytes;

    private long updatedNanos;
    private long passedBytes;
    private @Nullable Passed next;

    private record Waiting(int bytes, Runnable then) {}

    /**
     * @param engine the timers of the loop, whose clock may be behind
     * @param clock the time of the run
     */
    NarrowedLink(Engine engine, LongSupplier clock, double bytesPerSecond) {
        this.engine = engine;
        this.clock = clock;
        this.bytesPerNano = bytesPerSecond / 1e9;
    }

    /** Whether frames pass at once. */
    boolean isOpen() {
        return factor >= 1 && waiting.isEmpty();
    }

    /** Counts a frame that has passed the open link. */
    void passedAtOnce(int bytes) {
        passedBytes += bytes;
    }

    /** Calls {@code then} when {@code bytes} bytes have passed, after those that wait. Called if the link is not open. */
    void pass(int bytes, Runnable then) {
        waiting.add(new Waiting(bytes, then));
        if (waiting.size() > 1) return;
        firstPassedBytes = 0;
        updatedNanos = clock.getAsLong();
        schedule();
    }

    /** Changes the bandwidth, also for waiting frames. More than that of the host is not possible. */
    void setFactor(double factor) {
        firstPassedBytes = firstPassedBytes();
        updatedNanos = Math.max(updatedNanos, clock.getAsLong());
        this.factor = Math.min(1, factor);
        schedule();
    }

    /** Bytes that have passed up to now. */
    long passedBytes() {
        return passedBytes + (long) firstPassedBytes();
    }

    /** The time that waiting frames take at the present bandwidth. */
    long backlogNanos() {
        double bytes = -firstPassedBytes();
        for (Waiting each : waiting) bytes += each.bytes;
        return waiting.isEmpty() ? 0 : (long) Math.ceil(Math.max(0, bytes) / (bytesPerNano * factor));
    }

    private double firstPassedBytes() {
        Waiting first = waiting.peek();
        if (first == null) return 0;
        double since = Math.max(0, clock.getAsLong() - updatedNanos) * bytesPerNano * factor;
        return Math.min(first.bytes, firstPassedBytes + since);
    }

    private void schedule() {
        if (next != null) next.callOff();
        next = null;
        Waiting first = waiting.peek();
        if (first == null) return;
        next = new Passed();
        double restNanos = (first.bytes - firstPassedBytes) / (bytesPerNano * factor);
        engine.schedule(next, Engine.after(updatedNanos, (long) Math.ceil(restNanos)));
    }

    /** The last byte of the first frame has passed. If the loop is late, the following frames are not. */
    private final class Passed extends Event {

        @Override
        protected void fire() {
            Waiting first = waiting.remove();
            passedBytes += first.bytes;
            firstPassedBytes = 0;
            updatedNanos = atNanos();
            schedule();
            first.then.run();
        }
    }
}
