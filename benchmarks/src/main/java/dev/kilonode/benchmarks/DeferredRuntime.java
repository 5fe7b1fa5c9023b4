package dev.kilonode.benchmarks;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A runtime whose clock stands still. What follows work waits until {@link #drain}; timers never fire. */
final class DeferredRuntime implements NodeRuntime {

    private static final Timer NEVER = () -> {};

    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final SplittableRandom random = new SplittableRandom(1);

    void drain() {
        for (Runnable next = deferred.poll(); next != null; next = deferred.poll()) next.run();
    }

    @Override
    public long nowNanos() {
        return 0;
    }

    @Override
    public long unixSeconds() {
        return 1_700_000_000;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return NEVER;
    }

    @Override
    public void wakeUp(Runnable task) {
        deferred.add(task);
    }

    @Override
    public void run(Work work, Runnable then) {
        deferred.add(then);
    }

    @Override
    public void run(WorkKind kind, long bytes, Runnable then) {
        deferred.add(then);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
