package dev.kilonode.node.testkit;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One node's runtime on a {@link VirtualClock}. Work costs nothing unless a price is set for its kind, and never queues. Work that costs
 * nothing ends within the call.
 */
public final class TestRuntime implements NodeRuntime {

    public static final long WAKE_UP_NANOS = 1_000;
    private static final long EPOCH_SECONDS = 1_700_000_000;

    private final VirtualClock clock;
    private final RandomGenerator random;
    private final Map<WorkKind, Long> prices = new EnumMap<>(WorkKind.class);
    private boolean computes = true;

    public TestRuntime(VirtualClock clock, long seed) {
        this.clock = clock;
        random = new SplittableRandom(seed);
    }

    public void price(WorkKind kind, long nanos) {
        prices.put(kind, nanos);
    }

    /** Whether work is really computed, or only charged. */
    public void computes(boolean computes) {
        this.computes = computes;
    }

    @Override
    public long nowNanos() {
        return clock.nowNanos();
    }

    @Override
    public long unixSeconds() {
        return EPOCH_SECONDS + clock.nowNanos() / 1_000_000_000L;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return clock.schedule(delayNanos, task);
    }

    @Override
    public void wakeUp(Runnable task) {
        var unused = clock.schedule(WAKE_UP_NANOS, task);
    }

    @Override
    public void run(Work work, Runnable then) {
        run(work.kind(), work.bytes(), () -> {
            if (computes) work.compute();
            then.run();
        });
    }

    @Override
    public void run(WorkKind kind, long bytes, Runnable then) {
        long price = prices.getOrDefault(kind, 0L);
        if (price == 0) {
            then.run();
        } else {
            var unused = clock.schedule(price, then);
        }
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
