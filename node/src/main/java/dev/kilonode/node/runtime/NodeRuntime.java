package dev.kilonode.node.runtime;

import java.util.random.RandomGenerator;

/**
 * What a world provides to one node: time, timers, processors, randomness.
 *
 * <p>Every callback runs on the node's own thread, one at a time, and never within the call that registered it, except where a method
 * says otherwise. A node therefore needs no synchronisation.
 */
public interface NodeRuntime {

    /** Monotonic time of this run in nanoseconds; 0 is the start of the run. */
    long nowNanos();

    /** Wall-clock time of this run in whole seconds since 1970; messages are stamped with it. */
    long unixSeconds();

    /**
     * Calls {@code task} once, {@code delayNanos} from now. Calls due at the same instant run in the order in which they were scheduled.
     *
     * @param delayNanos 0 or more
     */
    Timer schedule(long delayNanos, Runnable task);

    /** As {@link #schedule}, for calls that are never cancelled. */
    default void callAfter(long delayNanos, Runnable task) {
        schedule(delayNanos, task);
    }

    /**
     * Calls {@code task} as a task that has just become runnable, after the time that a woken task waits for a processor. A lock is
     * handed over this way.
     */
    void wakeUp(Runnable task);

    /**
     * Calls {@code then} once this node's processors have done {@code work}. In wall time, {@link Work#compute} runs on a worker thread
     * and takes its real time. In virtual time, the cost model charges the price of the work to the host's cores, so that queues and
     * saturation emerge. May call {@code then} before it returns if the price is zero.
     */
    void run(Work work, Runnable then);

    /** As {@link #run(Work, Runnable)}, for work whose computation is {@code then} itself. */
    void run(WorkKind kind, long bytes, Runnable then);

    /** This node's random stream, derived from the run's seed and the node's name. */
    RandomGenerator random();
}
