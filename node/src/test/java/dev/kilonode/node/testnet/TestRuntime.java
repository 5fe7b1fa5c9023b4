package dev.kilonode.node.testnet;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Does all work for real and in no time. */
public final class TestRuntime implements NodeRuntime {

    private final VirtualClock clock;
    private final RandomGenerator random;

    public TestRuntime(VirtualClock clock, long seed) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public long nowNanos() {
        return clock.nowNanos();
    }

    @Override
    public long unixSeconds() {
        return clock.nowNanos() / 1_000_000_000L;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return clock.schedule(delayNanos, task);
    }

    @Override
    public void wakeUp(Runnable task) {
        clock.schedule(0, task);
    }

    @Override
    public void run(Work work, Runnable then) {
        work.compute();
        clock.schedule(0, then);
    }

    @Override
    public void run(WorkKind kind, long bytes, Runnable then) {
        clock.schedule(0, then);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
