package dev.kilonode.node.runtime;

import java.util.random.RandomGenerator;

/**
 * What one node gets from its world: time, timers, processors, chance.
 *
 * <p>Everything handed to a runtime is called back on the node's own thread, one call at a time and never from within
 * the call that handed it over, except where a method says otherwise. A node therefore needs no synchronisation.
 */
public interface NodeRuntime {

    /** Monotonic time of this run in nanoseconds; 0 is the start of the run. */
    long nowNanos();

    /** Wall-clock time of this run in whole seconds since 1970, as stamped on messages. */
    long unixSeconds();

    /**
     * Calls {@code task} once, {@code delayNanos} from now. Calls due at the same instant happen in the order they were
     * scheduled.
     *
     * @param delayNanos 0 or more
     */
    Timer schedule(long delayNanos, Runnable task);

    /** As {@link #schedule}, for what is never called off. */
    default void callAfter(long delayNanos, Runnable task) {
        schedule(delayNanos, task);
    }

    /**
     * Calls {@code task} as a task that has just become runnable: after the time a woken task waits for a processor.
     * This is how a lock is handed over.
     */
    void wakeUp(Runnable task);

    /**
     * Calls {@code then} once this node's processors have done {@code work}. In wall time {@link Work#compute} is called
     * on a worker thread and takes as long as it takes; in virtual time the cost model's price of the work is charged to
     * the host's cores, so that queues and saturation emerge. May call {@code then} before it returns when the price is
     * zero.
     */
    void run(Work work, Runnable then);

    /** As {@link #run(Work, Runnable)} for work whose real computation is {@code then} itself. */
    void run(WorkKind kind, long bytes, Runnable then);

    /** This node's own random stream, derived from the run's seed and the node's name. */
    RandomGenerator random();
}
