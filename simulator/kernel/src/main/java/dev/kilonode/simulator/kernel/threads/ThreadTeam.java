package dev.kilonode.simulator.kernel.threads;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work side by side in many short rounds; the calling thread is one of them. What a thread has written before the end of a
 * round, all see after it. A thread waits by spinning for a moment, which is all it takes where each has a core, then offers its core to others, and
 * parks only after a long time: to wake it up takes longer than many rounds.
 */
public final class ThreadTeam implements AutoCloseable {

    private static final long AWAKE_NANOS = 20_000_000;

    /** Some 20 us, longer than most threads wait for each other. */
    private static final int SPINS = 1_000;

    private final Helper[] helpers;
    private final IntConsumer task;
    private final int spins;
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile int round;
    private volatile boolean closed;

    /**
     * @param threads 1 or more, the calling thread included
     * @param task the part of a round that the thread with a number from 0 to {@code threads - 1} does; the calling thread is 0
     */
    public ThreadTeam(int threads, IntConsumer task) {
        this.task = task;
        this.spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
        helpers = new Helper[threads - 1];
        for (int index = 0; index < helpers.length; index++) {
            helpers[index] = new Helper(index + 1);
            helpers[index].start();
        }
    }

    /**
     * Does one round. Returns when all threads have done their parts.
     *
     * @throws RuntimeException what a part has thrown, or another {@link Error}
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only this thread writes it
    public void round() {
        if (helpers.length > 0) {
            working.set(helpers.length);
            round++;
            for (Helper helper : helpers) {
                if (helper.parked) LockSupport.unpark(helper);
            }
        }
        work(0);
        for (int turn = 0; working.get() > 0; turn++) pause(turn);
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException known) throw known;
        if (thrown instanceof Error error) throw error;
        if (thrown != null) throw new IllegalStateException(thrown);
    }

    private void pause(int turn) {
        if (turn < spins) Thread.onSpinWait();
        else Thread.yield();
    }

    private void work(int thread) {
        try {
            task.accept(thread);
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Ends the threads. No round may be under way. */
    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) LockSupport.unpark(helper);
    }

    private final class Helper extends Thread {

        private final int number;
        private volatile boolean parked;

        Helper(int number) {
            super("hosts-" + number);
            this.number = number;
            setDaemon(true);
        }

        @Override
        public void run() {
            for (int done = 0; await(done); done++) {
                work(number);
                working.decrementAndGet();
            }
        }

        /** Waits for the round after {@code done}. Returns false if there is none. */
        private boolean await(int done) {
            long sinceNanos = 0;
            for (int turn = 0; round == done; turn++) {
                if (closed) return false;
                pause(turn);
                if (turn < spins) continue;
                long nowNanos = System.nanoTime();
                if (sinceNanos == 0) sinceNanos = nowNanos;
                if (nowNanos - sinceNanos < AWAKE_NANOS) continue;
                parked = true;
                if (round == done && !closed) LockSupport.park(ThreadTeam.this);
                parked = false;
            }
            return true;
        }
    }
}
